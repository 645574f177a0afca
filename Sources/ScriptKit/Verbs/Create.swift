import ClientModel

extension Verb {
  static let create = Verb(
    "create", by: .person,
    [Form("create \"TOPIC\" with NAME, NAME…", "Makes a thread by the dialog, with people's ids pasted, and opens it.")]
  ) { words throws(ScriptError) in
    let topic = try words.text("the topic")
    try words.needs("with")
    let names = try words.names()
    return Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      var people = names.map { name in (name, run.stage.seats.first { $0.name == name }?.identity) }
      people.removeAll { $0.0 == seat.name }
      let known = people.compactMap(\.1)
      guard known.count == people.count else {
        let missing = people.filter { $0.1 == nil }.map(\.0)
        throw StepFailure("\(missing.list) never signed in, so that nobody knows their id")
      }
      seat.create(run.value(topic), with: known)
      try run.settle()
      if let problem = seat.state?.newThread?.problem {
        throw StepFailure("the thread was not made: \(problem)")
      }
    }
  }
}
