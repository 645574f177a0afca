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
      guard let thread = seat.state?.targetThread else { throw StepFailure("no thread is open") }
      try run.ask {
        seat.state?.isMember(identity, of: thread) ?? false
      } keys: { () throws(StepFailure) in
        seat.goAndPress("M-w")
        seat.type(identity.rawID)
        seat.press("Enter")
      } answer: {
        seat.changeOfPeople
      }
      try run.closePeople(seat)
    }
  }
}

extension SceneRun {
  /// Who somebody is.
  func identity(of name: String) throws(StepFailure) -> CommunicationIdentifier {
    try onStage { (stage) throws(StageError) in try stage.identity(of: name) }
  }

  /// Closes the people of a thread.
  func closePeople(_ seat: any Seat) throws(StepFailure) {
    for _ in 0..<2 where seat.state?.people != nil { seat.press("Esc") }
    try settle()
  }
}

extension Seat {
  /// What came of adding or removing somebody.
  var changeOfPeople: Answer {
    guard let people = state?.people else { return .done }
    if let problem = people.problem { return .refused(problem) }
    return people.isChanging ? .awaited : .done
  }
}

extension ClientState {
  /// True when somebody is known to be in a thread.
  func isMember(_ person: CommunicationIdentifier, of thread: ChatThreadID) -> Bool {
    members(of: thread).contains { $0.identifier == person }
  }
}
