import ACSTypes
import ClientModel

extension Verb {
  static let remove = Verb(
    "remove", by: .person,
    [Form("remove NAME", "Takes somebody out of the open thread, among its people, by keys.")]
  ) { words throws(ScriptError) in
    let start = words
    let name = try words.name()
    guard name != words.scope.person else {
      throw start.error("\(name) acts here; who takes themselves out of a thread does 'leave'")
    }
    return Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      let identity = try run.identity(of: name)
      let thread = try run.find { () throws(StepFailure) in
        guard let state = seat.state, let thread = state.targetThread else {
          throw StepFailure("no thread is open")
        }
        guard state.isMember(identity, of: thread) else {
          throw StepFailure(
            "\(name) is not in the thread; there are "
              + state.members(of: thread).map { state.name(of: $0.identifier, in: thread) }
              .joined(separator: ", "))
        }
        return thread
      }
      try run.ask {
        seat.state.map { !$0.isMember(identity, of: thread) } ?? false
      } keys: { () throws(StepFailure) in
        seat.goAndPress("M-w")
        guard
          let place = seat.state?.members(of: thread).firstIndex(where: {
            $0.identifier == identity
          })
        else { throw StepFailure("\(name) is not in the thread any more") }
        seat.press("Home")
        for _ in 0..<place { seat.press("Down") }
        seat.press("Delete")
        try seat.sayYes(to: "removing \(name)")
      } answer: {
        seat.changeOfPeople
      }
      try run.closePeople(seat)
    }
  }
}
