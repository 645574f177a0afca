import KeyInput

/// Which key does what where.
public struct KeyMap: Hashable, Sendable, Codable {
  /// Something wrong with a binding of the config file.
  public struct BindingError: Error, Hashable, Sendable {
    /// The chord as written.
    public var chord: String
    /// What is wrong, in words.
    public var message: String
  }

  /// One chord in one place.
  ///
  /// There are under a hundred, so that walking is quicker than building a dictionary of them before the first frame.
  private struct Binding: Hashable, Codable {
    var context: Command.Context
    var press: KeyPress
    var name: String
  }

  private var bindings: [Binding] = []

  /// The keys that the commands bring along.
  public static let standard: KeyMap = {
    var map = KeyMap()
    for command in Command.all {
      for chord in command.keys {
        guard let press = KeyPress(chord: chord) else {
          preconditionFailure("\(command.name) has the unreadable chord \(chord)")
        }
        map.bindings.append(
          Binding(context: command.context, press: press, name: command.name))
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
        self.bindings.removeAll { $0.press == press }
        continue
      }
      guard let command = Command.named(name) else {
        throw BindingError(chord: chord, message: "there is no command \"\(name)\"; F1 lists them")
      }
      self.bindings.removeAll { $0.context == command.context && $0.press == press }
      self.bindings.append(Binding(context: command.context, press: press, name: name))
    }
  }

  /// The command that `press` calls, asking the nearest context first.
  func command(for press: KeyPress, in contexts: [Command.Context]) -> Command? {
    for context in contexts {
      let binding = bindings.first { $0.press == press && $0.context == context }
      if let binding { return Command.named(binding.name) }
    }
    return nil
  }

  /// The chords of a command, the standard first one first if it is still there, then by name.
  public func chords(of command: Command) -> [String] {
    let chords = bindings.filter { $0.context == command.context && $0.name == command.name }
      .map(\.press.description)
    let order = command.keys.compactMap { KeyPress(chord: $0)?.description }
    return chords.sorted {
      let left = order.firstIndex(of: $0) ?? order.count
      let right = order.firstIndex(of: $1) ?? order.count
      return left != right ? left < right : $0 < $1
    }
  }
}
