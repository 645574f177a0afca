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
      _ = try run.find { () throws(StepFailure) in
        guard let state = seat.state, let open = state.threads.open else {
          throw StepFailure("no thread is open")
        }
        let members = state.members(of: open)
        guard members.contains(where: { $0.identifier == identity }) else {
          throw StepFailure(
            "\(name) is not in the thread; there are "
              + members.map { state.name(of: $0.identifier, in: open) }.joined(separator: ", "))
        }
      }
      seat.goAndPress("M-w")
      guard let people = seat.state?.people, let members = seat.state?.members(of: people.thread),
        let place = members.firstIndex(where: { $0.identifier == identity })
      else { throw StepFailure("no thread is open") }
      seat.press("Home")
      for _ in 0..<place { seat.press("Down") }
      seat.press("Delete")
      try seat.sayYes(to: "removing \(name)")
      try run.closePeople(seat)
    }
  }
}
