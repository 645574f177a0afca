import CGetopt
import Synchronization

/// What `getopt_long` found next.
enum ScannedArgument: Equatable {
  /// A known option by its place in the list, with its value.
  case option(Int, String?)
  /// Something beside options.
  case operand(String)
  /// An option that is in the list, without the value that it needs.
  case missingValue(Int)
  /// An option that is in the list and takes no value, with one (`--quiet=yes`).
  case needlessValue(Int)
  /// An option that is not in the list, or an abbreviation that several begin with, as typed without `=value`.
  case unknown(String)
}

/// getopt_long's state is global, so one scan at a time.
private let scanning = Mutex(())

/// Runs `getopt_long` over `arguments` (without the program's name).
///
/// With `stopsAtOperand`, for commands with subcommands, what follows the first operand is not looked at.
///
/// - Returns: What it found, in the order typed, and the place in `arguments` where it stopped.
func scan(
  _ arguments: [String], options: [CommandTable.Option], stopsAtOperand: Bool
) -> (found: [ScannedArgument], end: Int) {
  // A leading '+' stops at the first operand, '-' reports operands in place, ':' tells a missing value apart.
  var shorts = stopsAtOperand ? "+:" : "-:"
  var table: [option] = []
  var owned: [UnsafeMutablePointer<CChar>?] = []
  defer { owned.forEach { free($0) } }
  for (index, option) in options.enumerated() {
    let takesValue = option.value != .none
    if let short = option.short { shorts += "\(short)\(takesValue ? ":" : "")" }
    owned.append(strdup(option.long))
    table.append(
      CGetopt.option(
        name: owned[index].map { UnsafePointer($0) },
        has_arg: takesValue ? required_argument : no_argument, flag: nil,
        val: firstLong + Int32(index)))
  }
  table.append(CGetopt.option())
  var vector: [UnsafeMutablePointer<CChar>?] = (["confab"] + arguments).map { strdup($0) }
  owned += vector
  vector.append(nil)

  return scanning.withLock { _ in
    confab_getopt_begin()
    var found: [ScannedArgument] = []
    while true {
      let result = getopt_long(Int32(arguments.count + 1), &vector, shorts, table, nil)
      if result == -1 { break }
      let value = confab_getopt_value().map { String(cString: $0) }
      found.append(interpret(result, value: value, in: arguments, options))
    }
    return (found, Int(confab_getopt_place()) - 1)
  }
}

/// Values of `option.val` from here on are long options; below are letters.
private let firstLong: Int32 = 0x1000

private func interpret(
  _ result: Int32, value: String?, in arguments: [String], _ options: [CommandTable.Option]
) -> ScannedArgument {
  let culprit = confab_getopt_culprit()
  switch result {
  case 1:
    return .operand(value ?? "")
  case colon:
    return index(of: culprit, in: options).map { .missingValue($0) } ?? .unknown(letter(culprit))
  case questionMark:
    if culprit >= firstLong { return .needlessValue(Int(culprit - firstLong)) }
    if culprit != 0 { return .unknown(letter(culprit)) }
    let typed = Int(confab_getopt_place()) - 2
    let argument = arguments.indices.contains(typed) ? arguments[typed] : ""
    return .unknown(String(argument.prefix { $0 != "=" }))
  default:
    return index(of: result, in: options).map { .option($0, value) } ?? .unknown(letter(result))
  }
}

private let colon = Int32(UInt8(ascii: ":"))
private let questionMark = Int32(UInt8(ascii: "?"))

private func index(of code: Int32, in options: [CommandTable.Option]) -> Int? {
  if code >= firstLong { return Int(code - firstLong) }
  return options.firstIndex { $0.short?.asciiValue.map { Int32($0) } == code }
}

/// `-x`; a byte that is no letter (a character of several bytes comes in pieces) is shown as U+FFFD.
private func letter(_ code: Int32) -> String {
  guard let byte = UInt8(exactly: code), byte > 32, byte < 127 else { return "-\u{FFFD}" }
  return "-\(Character(Unicode.Scalar(byte)))"
}
