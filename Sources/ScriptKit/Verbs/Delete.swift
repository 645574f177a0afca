import ClientModel

extension Verb {
  static let delete = Verb(
    "delete", by: .person,
    [
      Form(
        "delete \"TEXT\"",
        "Selects an own message of the open thread, deletes it and says yes, by keys.")
    ]
  ) { words throws(ScriptError) in
    let text = try words.text("the message")
    return Doing { run throws(StepFailure) in
      let id = try run.find { () throws(StepFailure) in try run.ownMessage(run.value(text)) }
      let seat = try run.runningSeat()
      try seat.select(id)
      seat.press("d")
      try seat.sayYes(to: "deleting \(quoted(run.value(text)))")
      try run.settle()
    }
  }
}
