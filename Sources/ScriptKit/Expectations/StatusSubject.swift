import ClientModel
import Phrases
import Views

extension Subject {
  static let status = Subject(
    "status",
    [
      .init(
        "expect status \(TextTest.usage)",
        "How the client stands to Chat, in words, and below that the lines about trouble.")
    ], isOutcome: false
  ) { words throws(ScriptError) in
    TextLook(
      what: "the status", test: try TextTest(&words),
      text: { run throws(StepFailure) in
        let state = try run.state()
        let layout = ScreenLayout(state)
        let rows = try run.screen().rows(in: layout.banner)
        return ([statusText(state, .english)] + rows).joined(separator: "\n")
      }, statePath: "connection")
  }
}
