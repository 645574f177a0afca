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
    let names = try words.names()
    return Doing { run throws(StepFailure) in
      let topic = try run.value(topic, of: "a topic")
      let seat = try run.runningSeat()
      var people: [CommunicationIdentifier] = []
      for name in names where name != seat.name { people.append(try run.identity(of: name)) }
      seat.create(topic, with: people)
      try run.settle()
      if let problem = seat.state?.newThread?.problem {
        throw StepFailure("the thread was not made: \(problem)")
      }
    }
  }
}
