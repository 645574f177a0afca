extension CommandTable {
  /// Reads `arguments`, the program's name left out, by this table.
  ///
  /// Long options may be abbreviated as far as they stay unique, options and operands may be mixed, and `--` ends the
  /// options, as everywhere with GNU. The first `--help` or `--version` wins over any error after it.
  ///
  /// Two words that help does not list ask for what is made from the table: `--man PAGE` for the manual page of that
  /// name, `--complete WORD...` for what may stand in the place of the last word.
  ///
  /// - Throws: ``UsageError`` with the message to print.
  public func parse(_ arguments: [String]) throws(UsageError) -> ParsedArguments {
    var parsed = ParsedArguments()
    if let text = made(for: arguments) {
      parsed.request = .help(text)
      return parsed
    }
    try parse(arguments, typed: name, isOutermost: true, into: &parsed)
    return parsed
  }

  private func made(for arguments: [String]) -> String? {
    let words = Array(arguments.dropFirst())
    return switch arguments.first {
    case "--man": manual(page: words.first ?? name.replacing(" ", with: "-"))
    case "--complete": completion(of: words)
    default: nil
    }
  }

  private func parse(
    _ arguments: [String], typed: String, isOutermost: Bool, into parsed: inout ParsedArguments
  ) throws(UsageError) {
    if passesOn {
      parsed.operands = arguments
      return
    }
    let options = allOptions(isOutermost: isOutermost)
    parsed.options += options

    let (found, end) = scan(arguments, options: options, stopsAtOperand: !subcommands.isEmpty)
    for item in found {
      switch item {
      case .operand(let text):
        parsed.operands.append(text)
      case .option(let index, _) where options[index].long == Self.help.long:
        parsed.request = .help(usage(typed: typed, isOutermost: isOutermost))
        return
      case .option(let index, _) where isOutermost && options[index].long == Self.version.long:
        parsed.request = .version
        return
      case .option(let index, let value):
        let option = options[index]
        if let complaint = option.complaint(about: value ?? "") {
          throw UsageError(complaint, command: typed)
        }
        parsed.take(value ?? "", for: option)
      case .missingValue(let index):
        let option = options[index]
        throw UsageError(
          "option '--\(option.long)' needs a value: \(option.placeholder ?? "")", command: typed)
      case .needlessValue(let index):
        throw UsageError("option '--\(options[index].long)' takes no value", command: typed)
      case .unknown(let text):
        throw UsageError(complaint(about: text, among: options), command: typed)
      }
    }

    let rest = arguments.dropFirst(end)
    guard subcommands.isEmpty else {
      return try parseSubcommand(rest, typed: typed, into: &parsed)
    }
    parsed.operands += rest
    try checkOperands(parsed.operands, typed: typed)
  }

  private func parseSubcommand(
    _ rest: ArraySlice<String>, typed: String, into parsed: inout ParsedArguments
  ) throws(UsageError) {
    guard let word = rest.first else {
      if !needsSubcommand { return }
      let list = subcommands.map { "'\($0.name)'" }.joined(separator: ", ")
      throw UsageError("a command is missing; there are \(list)", command: typed)
    }
    guard let subcommand = subcommands.first(where: { $0.name == word }) else {
      let near = nearest(to: word, in: subcommands.map(\.name))
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      throw UsageError("unknown command '\(word)'\(hint)", command: typed)
    }
    parsed.command.append(word)
    try subcommand.parse(
      Array(rest.dropFirst()), typed: "\(typed) \(word)", isOutermost: false, into: &parsed)
  }

  private func checkOperands(_ given: [String], typed: String) throws(UsageError) {
    let needed = operands.filter { $0.count == .one }.count
    if given.count < needed {
      let missing = operands.filter { $0.count == .one }[given.count]
      throw UsageError("operand \(missing.name) is missing", command: typed)
    }
    if operands.last?.count != .many, given.count > operands.count {
      throw UsageError("unexpected operand '\(given[operands.count])'", command: typed)
    }
  }

  private func complaint(about text: String, among options: [Option]) -> String {
    guard text.hasPrefix("--") else { return "unknown option '\(text)'" }
    let name = String(text.dropFirst(2))
    let begun = options.map(\.long).filter { $0.hasPrefix(name) }
    if begun.count > 1 {
      let list = begun.map { "'--\($0)'" }.joined(separator: " or ")
      return "option '\(text)' is short for more than one: \(list)"
    }
    let hint = nearest(to: name, in: options.map(\.long)).map { "; did you mean '--\($0)'?" }
    return "unknown option '\(text)'\(hint ?? "")"
  }

  /// The options listed and those that need no listing.
  func allOptions(isOutermost: Bool) -> [Option] {
    options + [Self.help] + (isOutermost ? [Self.version] : [])
  }
}
