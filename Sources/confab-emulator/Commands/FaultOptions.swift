import ACSTypes
import ACSWire
import ArgumentTable
import Emulator
import ServerProgram

/// The options of the commands that switch faults on, and the request that they stand for.
enum FaultOptions {
  /// The options that have a meaning for a kind.
  static func table(of kind: FaultKind) -> [CommandTable.Option] {
    var options: [CommandTable.Option] = []
    if kind.concernsRequests {
      options += [
        .text(
          "plane", "NAME",
          "Only requests to identity, chat, calls, sms, rooms, realtime or entra"),
        .text("operation", "PATTERN", "Only requests such as 'POST /chat/threads/*/messages'"),
        .text("path", "PATTERN", "Only paths such as '/chat/**'; * is within a segment, ** any"),
      ]
    }
    if kind.concernsEvents {
      options.append(.integer("event", in: 0...100_000, "Only events of this number, such as 200"))
    }
    guard kind.concernsPeople else {
      return [.flag("slow", "Be behind, not ahead; confab emulator skew 0s ends it")]
    }
    options.append(
      .text(
        "user", "ID",
        kind.concernsRequests ? "Only requests with a token of this identity" : "Only this identity"
      ))
    switch kind {
    case .status, .refuseRegistration:
      if kind == .refuseRegistration {
        options.append(.integer("status", in: 400...599, "Answer this", default: 503))
      }
      options += [
        .integer("retry-after", "SECONDS", in: 0...86_400, "Send Retry-After"),
        .text("code", "WORD", "The code in the answer; by the status if not given"),
        .flag("applied", "Do what was asked for nevertheless"),
      ]
    case .reset: options.append(.flag("applied", "Do what was asked for nevertheless"))
    case .truncate, .stall:
      options.append(
        .integer("bytes", in: 0...100_000_000, "After so many of the body; half of it if not given")
      )
    default: break
    }
    guard !kind.isAtOnce else { return options }
    return options + [
      .integer("next", "COUNT", in: 1...1_000_000_000, "Strike so often"),
      .text("share", "NUMBER", "Strike this share of them, such as 0.2"),
      .text("for", "TIME", "Stop after this time, such as 500ms, 30s, 5m"),
      .integer("seed", in: 0...Int.max, "Choose others of the same share", default: 1),
    ]
  }

  /// What stands without a name.
  static func operands(of kind: FaultKind) -> [CommandTable.Operand] {
    if kind == .status { return [.init("STATUS", "From 400 to 599")] }
    guard kind.takesTime else { return [] }
    return [.init("TIME", "Such as 250ms, 3s, 1m", count: .optional)]
  }

  /// The request that an invocation stands for.
  static func body(
    of kind: FaultKind, _ arguments: ParsedArguments
  ) throws(CommandError) -> JSONObject {
    var body: JSONObject = ["kind": .string(kind.rawValue)]
    if kind.takesTime { body["milliseconds"] = try milliseconds(arguments.operand(0)) }
    if kind == .clockSkew {
      let span = body["milliseconds"]?.integer ?? 600_000
      body["milliseconds"] = .integer(arguments.flag("slow") ? -span : span)
      return body
    }
    body["user"] = arguments.text("user").map(JSONValue.string)
    if kind == .status { body["status"] = .integer(Int64(arguments.operand(0) ?? "") ?? 0) }
    if kind == .refuseRegistration { body["status"] = integer("status", arguments) }
    if kind.concernsEvents { body["event"] = integer("event", arguments) }
    if kind.concernsRequests { try readScope(into: &body, arguments) }
    switch kind {
    case .status, .refuseRegistration:
      body["retryAfter"] = integer("retry-after", arguments)
      body["code"] = arguments.text("code").map(JSONValue.string)
      if arguments.flag("applied") { body["applied"] = true }
    case .reset: if arguments.flag("applied") { body["applied"] = true }
    case .truncate, .stall: body["bytes"] = integer("bytes", arguments)
    default: break
    }
    guard !kind.isAtOnce else { return body }
    body["next"] = integer("next", arguments)
    body["seed"] = integer("seed", arguments)
    if let text = arguments.text("share") {
      guard let share = Double(text) else {
        throw CommandError(.usage, "--share needs a number above 0 and up to 1, not '\(text)'")
      }
      body["share"] = .number(share)
    }
    body["forMilliseconds"] = try milliseconds(arguments.text("for"))
    return body
  }

  private static func readScope(
    into body: inout JSONObject, _ arguments: ParsedArguments
  ) throws(CommandError) {
    body["plane"] = arguments.text("plane").map(JSONValue.string)
    body["path"] = arguments.text("path").map(JSONValue.string)
    guard let operation = arguments.text("operation") else { return }
    let words = operation.split(separator: " ")
    guard words.count == 2, arguments.text("path") == nil else {
      throw CommandError(
        .usage,
        "--operation needs a method and a path, such as 'POST /chat/threads/*/messages', and no --path"
      )
    }
    body["method"] = .string(String(words[0]))
    body["path"] = .string(String(words[1]))
  }

  private static func integer(_ name: String, _ arguments: ParsedArguments) -> JSONValue? {
    arguments.integer(name).map { .integer(Int64($0)) }
  }

  /// A length of time: a whole number with its unit.
  private static func milliseconds(_ text: String?) throws(CommandError) -> JSONValue? {
    guard let text else { return nil }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]
    guard let number = Int64(digits), let unit = units[String(text.dropFirst(digits.count))],
      number <= 31_536_000_000 / unit
    else { throw CommandError(.usage, "a time is such as 250ms, 3s or 5m, not '\(text)'") }
    return .integer(number * unit)
  }
}
