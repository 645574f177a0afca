/// Something that source of ours may not say, outside the targets where it belongs.
struct ForbiddenCall: Sendable, CustomStringConvertible {
  /// Sequences of tokens, any of which is the breach.
  var forms: [[Substring]]
  /// What any of them begins with: most tokens are passed by at one look.
  private var heads: Set<Substring>
  /// Why, for the person who wrote it.
  var reason: String
  /// Whether it is forbidden in a target.
  var holds: @Sendable (Row) -> Bool
  /// Text that must be caught, and text that must not.
  var examples: (caught: [String], innocent: [String])

  /// A rule; each form is Swift source.
  init(
    _ forms: [String], because reason: String, caught: [String], innocent: [String] = [],
    where holds: @escaping @Sendable (Row) -> Bool = { _ in true }
  ) {
    self.forms = forms.map { Tokenizer.tokens(of: $0).map(\.text) }
    heads = Set(self.forms.compactMap(\.first))
    self.reason = reason
    self.holds = holds
    examples = (caught, innocent)
  }

  var description: String {
    forms.map { $0.joined() }.joined(separator: ", ")
  }

  /// The lines of `tokens` that break the rule.
  func lines(in tokens: [Token]) -> [Int] {
    tokens.indices.filter { heads.contains(tokens[$0].text) }.compactMap { index in
      forms.contains { form in
        tokens[index...].lazy.map(\.text).starts(with: form)
          // `.init.fatalError(` and `x.print(` are somebody's own members.
          && (index == 0 || tokens[index - 1].text != "." || form.first == ".")
      } ? tokens[index].line : nil
    }
  }
}

extension ForbiddenCall {
  /// The rules.
  static let all: [ForbiddenCall] = [
    ForbiddenCall(
      ["Task.detached"], because: "a task belongs to a group with an owner",
      caught: ["Task.detached { }", "let t = Task\n  .detached {}"], innocent: ["task.detached"]),
    ForbiddenCall(
      ["Task {", "Task(priority", "Task(name", "Task.init", "Task.immediate"],
      because: "a task belongs to a group with an owner, on our executor",
      caught: ["Task { await f() }", "Task(priority: .low) { }"],
      innocent: ["Task(executorPreference: executor) { }", "struct Task2 {}"]
    ),
    ForbiddenCall(
      ["Task(executorPreference"], because: "tasks are started by the runtime and the adapters",
      caught: ["Task(executorPreference: executor) { }"], where: { $0.tier == .pure }),
    ForbiddenCall(
      ["Task.sleep"], because: "time comes from the clock's events",
      caught: ["try await Task.sleep(for: .seconds(1))"],
      where: { $0.tier < .program && !adaptors.contains($0.target) }),
    ForbiddenCall(
      ["@MainActor", "MainActor."],
      because: "the loop owns the main thread; such work never runs beside it",
      caught: ["@MainActor func f() {}", "await MainActor.run {}"]),
    ForbiddenCall(
      ["DispatchQueue", "DispatchSource", "DispatchSemaphore", "dispatchMain"],
      because: "libdispatch wakes once a second for ever",
      caught: ["DispatchQueue.main.async {}"]),
    ForbiddenCall(
      [
        "Date()", "Date.now", "Date(timeIntervalSinceNow", "ContinuousClock", "SuspendingClock",
        "clock_gettime", "gettimeofday", "time(nil",
      ],
      because: "the time comes from a WallClock, or in an event",
      caught: ["let now = Date()", "Date.now", "ContinuousClock().now", "time(nil)"],
      innocent: ["Date(timeIntervalSince1970: 0)", "self.time(nil)"],
      where: { $0.tier < .program && !adaptors.contains($0.target) }),
    ForbiddenCall(
      ["SystemRandomNumberGenerator", ".random(", ".randomElement(", ".shuffled(", "UUID()"],
      because: "randomness comes from a RandomSource, or in an event",
      caught: ["Int.random(in: 0..<9)", "let id = UUID()", "list.shuffled()"],
      innocent: ["UUID(uuidString: text)", "random(5)"],
      where: { $0.tier < .program && !adaptors.contains($0.target) }),
    ForbiddenCall(
      ["FileManager", "ProcessInfo", "getenv", "setlocale", "Locale."],
      because: "tier 0 is pure",
      caught: ["FileManager.default", "getenv(\"HOME\")"], where: { $0.tier == .pure }),
    ForbiddenCall(
      ["print("], because: "only programs write to standard output",
      caught: ["print(\"x\")"], innocent: ["page.print(1)", "// print(1)", "\"print(1)\""],
      where: { $0.tier < .program }),
    ForbiddenCall(
      ["exit(", "Glibc.exit("],
      because: "its handlers run beside threads that still close connections; see ProgramEnd",
      caught: ["exit(1)", "Glibc.exit(1)"], innocent: ["ProgramEnd.leave(with: 1)", "_exit(1)"]),
    ForbiddenCall(
      ["try!", "as!", "fatalError(", "unsafeBitCast("],
      because: "what input can reach throws; what is our own bug is a precondition",
      caught: ["try! f()", "x as! Int", "fatalError(\"no\")", "\"\\(try! f())\""],
      innocent: ["x as? Int", "try f()", "let a = b as Int != c"]),
    ForbiddenCall(
      ["@_exported", "@preconcurrency", "nonisolated(unsafe) var"],
      because: "it hides what is imported, or what is not safe",
      caught: ["@_exported import Cells", "nonisolated(unsafe) var x = 1"],
      innocent: ["nonisolated(unsafe) let handle: OpaquePointer"]),
    ForbiddenCall(
      ["class", "async", "await", "actor"], because: "views are pure functions of values",
      caught: ["final class Cache {}", "func f() async {}"], innocent: ["let classes = 1"],
      where: { $0.target == "Views" }),
  ]

  /// The targets that touch the world: clocks and waiting are theirs to give.
  private static let adaptors: Set<String> = [
    "Executor", "CursesScreen", "WebSocketFrames", "HTTPTransport", "HTTPServing", "ChildPrograms",
    "PostgresDatabase",
  ]
}
