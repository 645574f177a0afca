import ACSTypes
import ClientModel

extension Verb {
  static let add = Verb(
    "add", by: .person,
    [Form("add NAME", "Adds somebody to the open thread, among its people, by their id.")]
  ) { words throws(ScriptError) in
    let name = try words.name()
    return Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      guard let identity = try run.seat(of: name).identity else {
        throw StepFailure("\(name) never signed in, so that nobody knows their id")
      }
      seat.goAndPress("M-w")
      guard seat.state?.people != nil else { throw StepFailure("no thread is open") }
      seat.type(identity.rawID)
      seat.press("Enter")
      try run.closePeople(seat)
    }
  }
}

extension SceneRun {
  /// Closes the people of a thread once what was asked for is done.
  func closePeople(_ seat: any Seat) throws(StepFailure) {
    try settle()
    if let problem = seat.state?.people?.problem { throw StepFailure(problem) }
    if seat.state?.people != nil { seat.press("Esc") }
    if seat.state?.people != nil { seat.press("Esc") }
    try settle()
  }
}
