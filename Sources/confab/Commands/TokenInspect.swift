import ACSAuth
import ACSTypes
import ACSWire
import ArgumentTable
import Executor
import Glibc

/// `confab token inspect`: what a token says, in plain words.
enum TokenInspectCommand {
  /// The longest input that is read: many times what a token service answers.
  private static let inputLimit = 1 << 20

  static let table = CommandTable(
    "inspect", summary: "say what a token says",
    about: [
      """
      It reads a token, one behind the word Bearer, or a token service's whole answer, from a file or from standard \
      input. A token is never given as an argument: other users can see arguments, and shells keep them.
      """,
      TokenCommand.exitCodes,
    ],
    options: TokenCommand.options,
    operands: [
      .init("FILE", "Where the token is; - or nothing for standard input", count: .optional)
    ],
    examples: [
      .init("confab token inspect < token.txt", "A token from a file"),
      .init("wl-paste | confab token inspect -", "A token from the clipboard"),
    ])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    let place = arguments.operand(0) ?? "-"
    if looksLikeToken(place) {
      return Program.fail(
        "confab: a token is not given as an argument, where others can see it; pipe it to "
          + "`confab token inspect -`.", .usage)
    }
    guard let input = read(place) else {
      let reason = String(cString: strerror(errno))
      return Program.fail("confab: \(place) cannot be read: \(reason)", .badData)
    }
    guard let token = TokenText(input)?.token else {
      let source = place == "-" ? "standard input" : place
      return Program.fail("confab: there is no token in \(source)", .badData)
    }
    do {
      let inspection = try TokenInspection(token, now: SystemClock().now)
      show(
        inspection, token, isJSON: arguments.flag("json"),
        showingToken: arguments.flag("show-token"))
      return inspection.isExpired
        ? Program.fail("confab: the token has expired", .notPermitted) : ExitCode.done.rawValue
    } catch {
      return Program.fail("confab: \(error)", .badData)
    }
  }

  private static func show(
    _ inspection: TokenInspection, _ token: Secret, isJSON: Bool, showingToken: Bool
  ) {
    guard isJSON else {
      print(inspection.lines.joined(separator: "\n"))
      if showingToken { print("token\n  \(token.reveal())") }
      return
    }
    var object = inspection.json.object ?? [:]
    if showingToken { object["token"] = .string(token.reveal()) }
    print(JSONValue.object(object).text)
  }

  /// Tokens begin with an encoded `{"`; no file that people name does.
  private static func looksLikeToken(_ operand: String) -> Bool {
    operand.hasPrefix("eyJ") || operand.hasPrefix("{")
      || operand.lowercased().hasPrefix("bearer ")
  }

  /// The text of a file, or of standard input for `-`; `nil` with `errno` set when it cannot be read.
  private static func read(_ place: String) -> String? {
    let descriptor = place == "-" ? STDIN_FILENO : open(place, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < inputLimit {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
