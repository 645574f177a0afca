import ACSTypes
import ClientModel

extension Verb {
  static let create = Verb(
    "create", by: .person,
    [
      Form(
        "create \"TOPIC\" with NAME, NAME…",
        "Makes a thread by the dialog, with people's ids pasted, and opens it.")
    ]
  ) { words throws(ScriptError) in
    let topic = try words.text("the topic")
    try words.needs("with")
    let start = words
    let names = try words.names()
    guard names.contains(where: { $0 != words.scope.person }) else {
      throw start.error("somebody else belongs to a new thread")
    }
    return Doing { run throws(StepFailure) in
      let topic = try run.value(topic, of: "a topic")
      let seat = try run.runningSeat()
      var people: [CommunicationIdentifier] = []
      for name in names where name != seat.name { people.append(try run.identity(of: name)) }
      try run.ask {
        seat.state?.newThread == nil
      } keys: { () throws(StepFailure) in
        // What was filled in stands there still, and makes one thread however often it is sent.
        if seat.state?.newThread == nil {
          seat.create(topic, with: people)
        } else {
          seat.press("C-s")
        }
      } answer: {
        guard let dialog = seat.state?.newThread else { return .done }
        return dialog.problem.map { .refused("the thread was not made: \($0)") } ?? .awaited
      }
    }
  }
}
