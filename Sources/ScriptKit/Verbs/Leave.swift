import ACSTypes
import ClientModel

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
      guard let thread = seat.state?.targetThread else { throw StepFailure("no thread is open") }
      let wasMember = seat.state?.threads.entry(thread)?.standing == .member
      func isDone() -> Bool {
        guard let entry = seat.state?.threads.entry(thread) else { return true }
        return wasMember && entry.standing != .member
      }
      try run.ask(isDone: isDone) { () throws(StepFailure) in
        seat.goAndPress("M-x")
        try seat.sayYes(to: "leaving")
      } answer: {
        if isDone() { return .done }
        let isUnderWay = seat.state?.ledger.entries.contains { entry in
          if case .removeParticipant(thread, _) = entry.action { true } else { false }
        }
        guard isUnderWay != true else { return .awaited }
        guard case .failure(let reason)? = seat.state?.notice?.message else {
          return .refused("the thread was not left")
        }
        return .refused("the thread was not left: \(reason)")
      }
    }
  }
}
