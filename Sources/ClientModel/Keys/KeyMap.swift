import KeyInput

/// Which key does what where.
public struct KeyMap: Hashable, Sendable {
  /// Something wrong with a binding of the config file.
  public struct BindingError: Error, Hashable, Sendable {
    /// The chord as written.
    public var chord: String
    /// What is wrong, in words.
    public var message: String
  }

  private struct Place: Hashable {
    var context: Command.Context
    var press: KeyPress
  }

  private var names: [Place: String] = [:]

  /// The keys that the commands bring along.
  public static let standard: KeyMap = {
    var map = KeyMap()
    for command in Command.all {
      for chord in command.keys {
        guard let press = KeyPress(chord: chord) else {
          preconditionFailure("\(command.name) has the unreadable chord \(chord)")
        }
        map.names[Place(context: command.context, press: press)] = command.name
      }
    }
    return map
  }()

  private init() {}

  /// The standard keys, changed by `bindings`: chord to command name; the name `none` frees a chord.
  ///
  /// - Throws: ``BindingError`` for the first chord or name that is not known, by the chords' order.
  public init(bindings: [String: String]) throws(BindingError) {
    self = .standard
    for (chord, name) in bindings.sorted(by: { $0.key < $1.key }) {
      guard let press = KeyPress(chord: chord) else {
        throw BindingError(
          chord: chord, message: "\"\(chord)\" is not a key, as \"C-n\" or \"F5\" is")
      }
      if name == "none" {
        for context in Command.Context.allCases {
          names[Place(context: context, press: press)] = nil
        }
        continue
      }
      guard let command = Command.named(name) else {
        throw BindingError(chord: chord, message: "there is no command \"\(name)\"; F1 lists them")
      }
      names[Place(context: command.context, press: press)] = name
    }
  }

  /// The command that `press` calls, asking the nearest context first.
  func command(for press: KeyPress, in contexts: [Command.Context]) -> Command? {
    for context in contexts {
      if let name = names[Place(context: context, press: press)] { return Command.named(name) }
    }
    return nil
  }

  /// The chords of a command, the standard first one first if it is still there, then by name.
  public func chords(of command: Command) -> [String] {
    let chords = names.filter { $0.key.context == command.context && $0.value == command.name }
      .map(\.key.press.description)
    let order = command.keys.compactMap { KeyPress(chord: $0)?.description }
    return chords.sorted {
      let left = order.firstIndex(of: $0) ?? order.count
      let right = order.firstIndex(of: $1) ?? order.count
      return left != right ? left < right : $0 < $1
    }
  }
}
