extension Verb {
  static let leave = Verb(
    "leave", by: .person,
    [
      Form(
        "leave",
        "Leaves the open thread, or drops one that the person is not in any more, and says yes.")
    ]
  ) { words throws(ScriptError) in
    Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      seat.goAndPress("M-x")
      try seat.sayYes(to: "leaving")
      try run.settle()
    }
  }
}
