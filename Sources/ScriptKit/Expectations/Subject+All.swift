extension Subject {
  /// All subjects, in the order in which the reference shows them.
  public static let all: [Subject] = [
    composer, status, message, messages, thread, people, screen, line, title, state, event, request,
    notification,
  ]

  /// What forms say where any test of a text may stand; the reference has a shorter word for it.
  public static let textTest = TextTest.usage
}

/// A subject that is one text.
struct TextLook: Look {
  let what: String
  let test: TextTest
  let text: @Sendable (SceneRun) throws(StepFailure) -> String
  var statePath: String?

  var isNegative: Bool { test.isNegative }

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let text = try text(run)
    let holds = test.holds(for: text, run)
    return Finding(
      matches: holds ? [quoted(text)] : [],
      instead: text.isEmpty ? "\(what) is empty" : "\(what) is \(quoted(text))",
      wanted: test.wanted(run), candidates: text.split(separator: "\n").map(String.init),
      statePath: statePath)
  }
}
