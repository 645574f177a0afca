/// A command line as data: what a command is called, what it takes, and how to tell a person so.
///
/// Parsing (``parse(_:)``) and the help text (``usage``) read the same table, so they cannot disagree. Every command
/// also takes `--help` (`-h`), and the outermost one `--version`, without listing them.
public struct CommandTable: Sendable {
  /// What a person types: `confab-serve` or, inside ``subcommands``, the one word `fetch`.
  public var name: String
  /// One line without a full stop, shown in the list of commands and at the top of the help.
  public var summary: String
  /// Paragraphs below the usage line, one string each; wrapped at 80 columns.
  ///
  /// A paragraph that starts with a blank is shown as it is.
  public var about: [String]
  /// The options, in the order in which help lists them.
  public var options: [Option]
  /// What may stand beside options.
  ///
  /// A command has operands or subcommands, not both.
  public var operands: [Operand]
  /// Command lines worth copying.
  public var examples: [Example]
  /// Commands below this one.
  public var subcommands: [CommandTable]
  /// True when this command does nothing without one of its ``subcommands``.
  public var needsSubcommand: Bool
  /// True when everything after the name belongs to another program: nothing of it is looked at, `--help` included, and
  /// ``ParsedArguments/operands`` holds it.
  public var passesOn: Bool

  /// A table; what is left out is empty.
  public init(
    _ name: String, summary: String, about: [String] = [], options: [Option] = [],
    operands: [Operand] = [], examples: [Example] = [], subcommands: [CommandTable] = [],
    needsSubcommand: Bool = false, passesOn: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.about = about
    self.options = options
    self.operands = operands
    self.examples = examples
    self.subcommands = subcommands
    self.needsSubcommand = needsSubcommand
    self.passesOn = passesOn
  }

  /// Something that stands by its place, not behind an option.
  public struct Operand: Sendable {
    /// How many of it there are.
    public enum Count: Sendable {
      /// Exactly one.
      case one
      /// None or one.
      case optional
      /// Any number, none included; only as the last operand.
      case many
    }

    /// What stands for it in help, in capitals: `FILE`.
    public var name: String
    /// What it is, as a sentence without a full stop.
    public var help: String
    /// How many of it there are.
    public var count: Count

    /// An operand.
    public init(_ name: String, _ help: String, count: Count = .one) {
      self.name = name
      self.help = help
      self.count = count
    }
  }

  /// A command line worth copying.
  public struct Example: Sendable {
    /// The whole line as typed, without a prompt.
    public var line: String
    /// What it does, as a sentence without a full stop.
    public var help: String

    /// An example.
    public init(_ line: String, _ help: String) {
      self.line = line
      self.help = help
    }
  }
}
