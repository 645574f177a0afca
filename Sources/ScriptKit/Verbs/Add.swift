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
      let identity = try run.identity(of: name)
      seat.goAndPress("M-w")
      guard seat.state?.people != nil else { throw StepFailure("no thread is open") }
      seat.type(identity.rawID)
      seat.press("Enter")
      try run.closePeople(seat)
    }
  }
}

extension SceneRun {
  /// Who somebody is.
  func identity(of name: String) throws(StepFailure) -> CommunicationIdentifier {
    try onStage { (stage) throws(StageError) in try stage.identity(of: name) }
  }

  /// Closes the people of a thread once what was asked for is done.
  func closePeople(_ seat: any Seat) throws(StepFailure) {
    try settle()
    if let problem = seat.state?.people?.problem { throw StepFailure(problem) }
    if seat.state?.people != nil { seat.press("Esc") }
    if seat.state?.people != nil { seat.press("Esc") }
    try settle()
  }
}
