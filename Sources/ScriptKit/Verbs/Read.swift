import ClientModel

extension Verb {
  static let read = Verb(
    "read", by: .person,
    [
      Form(
        "read", "Looks at the open thread down to its newest message, which the others are told."),
      Form("read \"TOPIC\"", "Opens the thread first."),
    ]
  ) { words throws(ScriptError) in
    var topic: ScriptText?
    if !words.isAtEnd { topic = try words.text("the topic") }
    let thread = topic
    return Doing { run throws(StepFailure) in
      if let thread {
        let id = try run.find { () throws(StepFailure) in try run.thread(run.value(thread)) }
        try run.runningSeat().open(id)
      }
      let seat = try run.seatWithThread()
      seat.take([.focusChanged(isFocused: true)])
      seat.goToComposer()
      seat.press("M-End")
      try run.settle()
    }
  }
}
