import ClientModel

extension Verb {
  static let edit = Verb(
    "edit", by: .person,
    [
      Form(
        "edit \"TEXT\" to \"TEXT\"",
        "Selects an own message of the open thread, edits it and presses Enter, by keys.")
    ]
  ) { words throws(ScriptError) in
    let old = try words.text("the message")
    try words.needs("to")
    let new = try words.text("the new text")
    return Doing { run throws(StepFailure) in
      let new = try run.value(new, of: "a message")
      let id = try run.find { () throws(StepFailure) in try run.ownMessage(run.value(old)) }
      let seat = try run.runningSeat()
      try seat.select(id)
      seat.press("e")
      guard seat.state?.composer.editing != nil else {
        throw StepFailure("\(quoted(run.value(old))) cannot be edited")
      }
      seat.emptyComposer()
      seat.type(new)
      seat.press("Enter")
      try run.settle()
    }
  }
}
