/// What a command line asked for, checked against its table.
public struct ParsedArguments: Sendable {
  /// What the caller is to do.
  public enum Request: Sendable, Equatable {
    /// Run the command.
    case run
    /// Print what is given here, the usage or what else was asked of the table, on standard output and leave with ``ExitCode/done``.
    case help(String)
    /// Print the version on standard output and leave with ``ExitCode/done``.
    case version
  }

  /// What the caller is to do.
  public var request = Request.run
  /// The subcommands named, outermost first; empty for the command itself.
  public var command: [String] = []
  /// What stood beside options, in order.
  public var operands: [String] = []

  /// The options of the command and of its subcommands that were named.
  ///
  /// They are few, so that walking is quicker than hashing.
  var options: [CommandTable.Option] = []
  /// What was given, an entry an option.
  private var given: [(name: String, values: [String])] = []

  /// Takes a value of `option`, beside earlier ones if it may be repeated; a flag has an empty one.
  mutating func take(_ value: String, for option: CommandTable.Option) {
    guard let index = given.firstIndex(where: { $0.name == option.long }) else {
      given.append((option.long, [value]))
      return
    }
    given[index].values = option.repeatable ? given[index].values + [value] : [value]
  }

  private func values(_ name: String) -> [String]? {
    given.first { $0.name == name }?.values
  }

  /// True when the option was given.
  public func flag(_ name: String) -> Bool {
    _ = option(name)
    return values(name) != nil
  }

  /// The option's last value, else its default.
  public func text(_ name: String) -> String? {
    values(name)?.last ?? option(name).defaultValue
  }

  /// All values of a repeatable option in order, else its default alone, else none.
  public func texts(_ name: String) -> [String] {
    values(name) ?? option(name).defaultValue.map { [$0] } ?? []
  }

  /// The number of an option declared with a range, else its default.
  public func integer(_ name: String) -> Int? {
    text(name).flatMap { Int($0) }
  }

  /// The length of time of an option declared with one, else its default.
  public func duration(_ name: String) -> Duration? {
    text(name).flatMap { DurationText.duration($0) }
  }

  /// The operand at a place counted from 0; `nil` when there are fewer.
  public func operand(_ index: Int) -> String? {
    operands.indices.contains(index) ? operands[index] : nil
  }

  /// The declaration of `name`: asking for one that no table has is a bug of ours.
  private func option(_ name: String) -> CommandTable.Option {
    guard let option = options.last(where: { $0.long == name }) else {
      preconditionFailure("no option --\(name) in the table of \(command)")
    }
    return option
  }
}
