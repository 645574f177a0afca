import ClientModel

extension Subject {
  static let composer = Subject(
    "composer",
    [
      .init("expect composer \(TextTest.usage)", "The text being written."),
      .init(
        "expect composer edits \"TEXT\"",
        "The message that is being edited has this text at the service."),
    ]
  ) { words throws(ScriptError) in
    if words.takes("edits") {
      let text = try words.text("the message")
      return TextLook(
        what: "what is edited", test: .is(text),
        text: { run throws(StepFailure) in
          let state = try run.state()
          guard let open = state.threads.open, let id = state.composer.editing,
            let index = state.conversations[open]?.index(of: id)
          else { return "" }
          return state.conversations[open]?.messages[index].plainText ?? ""
        }, statePath: "composer")
    }
    return TextLook(
      what: "the composer", test: try TextTest(&words),
      text: { run throws(StepFailure) in try run.state().composer.text },
      statePath: "composer.characters"
    )
  }
}
