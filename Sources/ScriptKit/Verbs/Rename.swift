import ACSTypes
import ClientModel

extension Verb {
  static let rename = Verb(
    "rename", by: .person,
    [Form("rename to \"TOPIC\"", "Gives the open thread another topic, by keys.")]
  ) { words throws(ScriptError) in
    try words.needs("to")
    let topic = try words.text("the topic")
    return Doing { run throws(StepFailure) in
      let topic = try run.value(topic, of: "a topic")
      let seat = try run.runningSeat()
      let thread = seat.state?.targetThread
      try run.ask {
        thread.flatMap { seat.state?.threads.entry($0) }?.thread.topic == topic
      } keys: { () throws(StepFailure) in
        seat.goAndPress("M-e")
        guard seat.state?.renaming != nil else { throw StepFailure("the thread cannot be renamed") }
        seat.press("C-u")
        seat.type(topic)
        seat.press("Enter")
      } answer: {
        guard let change = seat.state?.renaming else { return .done }
        return change.problem.map { .refused("the topic was not changed: \($0)") } ?? .awaited
      }
    }
  }
}
