extension CommandTable {
  /// One option of a command.
  public struct Option: Sendable {
    /// What follows the option's name.
    public enum Value: Sendable, Equatable {
      /// Nothing: the option is there or not.
      case none
      /// Any text, shown in help as the placeholder given here.
      case text(String)
      /// A whole number in a range, shown in help as the placeholder.
      case integer(String, ClosedRange<Int>)
      /// A length of time in a range, whole seconds: `90s`, `15m`, `1h30m`; shown in help as the placeholder.
      case duration(String, ClosedRange<Duration>)
      /// One of a few words.
      case choice([String])
    }

    /// The name without its two hyphens; also the key of the getters of ``ParsedArguments``.
    public var long: String
    /// The letter of the short form; `nil` when there is none.
    public var short: Character?
    /// What follows the name.
    public var value: Value
    /// What it does, as a sentence without a full stop.
    public var help: String
    /// What the getters give when the option is absent, which help shows; `nil` for nothing.
    public var defaultValue: String?
    /// True when it may be given more than once; else the last one counts.
    public var repeatable: Bool

    /// An option in full; the factories below read better in tables.
    public init(
      long: String, short: Character? = nil, value: Value, help: String,
      defaultValue: String? = nil, repeatable: Bool = false
    ) {
      self.long = long
      self.short = short
      self.value = value
      self.help = help
      self.defaultValue = defaultValue
      self.repeatable = repeatable
    }

    /// An option without a value.
    public static func flag(_ long: String, short: Character? = nil, _ help: String) -> Option {
      Option(long: long, short: short, value: .none, help: help)
    }

    /// An option with a text as value, `placeholder` in help.
    public static func text(
      _ long: String, short: Character? = nil, _ placeholder: String, _ help: String,
      default text: String? = nil, repeatable: Bool = false
    ) -> Option {
      Option(
        long: long, short: short, value: .text(placeholder), help: help, defaultValue: text,
        repeatable: repeatable)
    }

    /// An option with a whole number in `range` as value, `placeholder` in help.
    public static func integer(
      _ long: String, short: Character? = nil, _ placeholder: String = "N",
      in range: ClosedRange<Int>, _ help: String, default number: Int? = nil
    ) -> Option {
      Option(
        long: long, short: short, value: .integer(placeholder, range), help: help,
        defaultValue: number.map(String.init))
    }

    /// An option with a length of time in `range` as value, `placeholder` in help.
    public static func duration(
      _ long: String, short: Character? = nil, _ placeholder: String = "TIME",
      in range: ClosedRange<Duration>, _ help: String, default duration: Duration? = nil
    ) -> Option {
      Option(
        long: long, short: short, value: .duration(placeholder, range), help: help,
        defaultValue: duration.map(DurationText.text))
    }

    /// An option whose value is one of `words`.
    public static func choice(
      _ long: String, short: Character? = nil, _ words: [String], _ help: String,
      default word: String? = nil, repeatable: Bool = false
    ) -> Option {
      Option(
        long: long, short: short, value: .choice(words), help: help, defaultValue: word,
        repeatable: repeatable)
    }

    /// What stands for the value in help; `nil` when there is none.
    var placeholder: String? {
      switch value {
      case .none: nil
      case .text(let name), .integer(let name, _), .duration(let name, _): name
      case .choice(let words): words.joined(separator: "|")
      }
    }

    /// Says what is wrong with `text` as this option's value; `nil` when nothing is.
    func complaint(about text: String) -> String? {
      switch value {
      case .none, .text:
        return nil
      case .integer(_, let range):
        if let number = Int(text), range.contains(number) { return nil }
        return "option '--\(long)' needs a whole number from \(range.lowerBound) to "
          + "\(range.upperBound), not '\(text)'"
      case .duration(_, let range):
        if let duration = DurationText.duration(text), range.contains(duration),
          duration.components.attoseconds == 0 || DurationText.takesMilliseconds(range)
        {
          return nil
        }
        return "option '--\(long)' needs a time from \(DurationText.text(range.lowerBound)) to "
          + "\(DurationText.text(range.upperBound)), such as \(DurationText.examples(in: range)), not '\(text)'"
      case .choice(let words):
        if words.contains(text) { return nil }
        let list = words.map { "'\($0)'" }.joined(separator: " or ")
        let hint = nearest(to: text, in: words).map { "; did you mean '\($0)'?" } ?? ""
        return "option '--\(long)' needs \(list), not '\(text)'\(hint)"
      }
    }
  }

  /// The option that every command has.
  static let help = Option.flag("help", short: "h", "Show this help and leave")
  /// The option that every outermost command has.
  static let version = Option.flag("version", "Show the version and leave")
}
