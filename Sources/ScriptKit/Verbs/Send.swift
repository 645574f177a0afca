import ClientModel

extension Verb {
  static let send = Verb(
    "send", by: .person,
    [
      Form("send \"TEXT\"", "Writes the text in the open thread and presses Enter."),
      Form("send \"TEXT\" to \"TOPIC\"", "Opens the thread first."),
    ]
  ) { words throws(ScriptError) in
    let start = words
    let text = try words.text("a text")
    if text.literal?.allSatisfy(\.isWhitespace) == true {
      throw start.error("a message has something in it")
    }
    var topic: ScriptText?
    if words.takes("to") { topic = try words.text("the topic") }
    let thread = topic
    return Doing { run throws(StepFailure) in
      let text = try run.value(text, of: "a message")
      if let thread {
        let id = try run.find { () throws(StepFailure) in try run.thread(run.value(thread)) }
        try run.runningSeat().open(id)
      }
      let seat = try run.runningSeat()
      _ = try run.find { () throws(StepFailure) in
        guard let state = seat.state, state.threads.open != nil else {
          throw StepFailure("\(seat.name) has no thread open to write in")
        }
        if let reason = state.readOnlyReason {
          throw StepFailure("nothing can be sent here: \(reason)")
        }
      }
      seat.goToComposer()
      guard let composer = seat.state?.composer, composer.isEmpty, composer.editing == nil else {
        throw StepFailure(
          "\(seat.name) is writing \(quoted(seat.state?.composer.text ?? "")) already; 'press Enter' sends that"
        )
      }
      seat.type(text)
      guard let written = seat.state?.composer.text, written == text else {
        let count = seat.state?.composer.text.count ?? 0
        throw StepFailure(
          "the composer does not take all of it: \(count) of \(text.count) characters stand there")
      }
      seat.press("Enter")
      try run.settle()
    }
  }
}
