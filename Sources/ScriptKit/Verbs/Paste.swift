extension Verb {
  static let paste = Verb(
    "paste", by: .person, [Form("paste \"TEXT\"", "Pastes the text as one piece.")]
  ) { words throws(ScriptError) in
    let text = try words.text("a text")
    return Doing { run throws(StepFailure) in try run.runningSeat().type(run.value(text)) }
  }
}
