extension Verb {
  static let kill = Verb(
    "kill", by: .either,
    [
      Form("kill", "Ends the own client as kill -9 does; what it kept on the disk stays."),
      Form(
        "kill NAME | emulator | token-service",
        "Ends somebody's client, or a server with all its connections."),
    ]
  ) { words throws(ScriptError) in
    let party = try Party(&words)
    return Doing { run throws(StepFailure) in
      try run.needs(party, toRun: true)
      try run.onStage { (stage) throws(StageError) in try stage.kill(party) }
    }
  }

  static let start = Verb(
    "start", by: .either,
    [
      Form("start", "Starts the own client again."),
      Form(
        "start NAME | emulator | token-service",
        "Starts somebody's client, or a server over what it kept."),
    ]
  ) { words throws(ScriptError) in
    let party = try Party(&words)
    return Doing { run throws(StepFailure) in
      try run.needs(party, toRun: false)
      try run.onStage { (stage) throws(StageError) in try stage.start(party) }
      try run.settle()
    }
  }

  static let restart = Verb(
    "restart", by: .either,
    [
      Form("restart", "Kills and starts the own client."),
      Form(
        "restart NAME | emulator | token-service",
        "Kills and starts somebody's client, or a server."),
    ]
  ) { words throws(ScriptError) in
    let party = try Party(&words)
    return Doing { run throws(StepFailure) in
      run.stoppedServers.remove(party)
      try run.onStage { (stage) throws(StageError) in
        try stage.kill(party)
        try stage.start(party)
      }
      try run.settle()
    }
  }

  static let sleep = Verb(
    "sleep", by: .person,
    [Form("sleep", "Closes the lid: for the own machine no time passes, and nothing reaches it.")]
  ) { words throws(ScriptError) in
    guard words.isAtEnd else {
      throw words.error("'sleep' closes the lid until 'wake'; time moves by 'advance'")
    }
    let person = words.scope.person ?? ""
    return Doing { run throws(StepFailure) in
      _ = try run.runningSeat()
      try run.onStage { (stage) throws(StageError) in try stage.suspend(person) }
    }
  }

  static let wake = Verb(
    "wake", by: .person, [Form("wake", "Opens the lid again.")]
  ) { words throws(ScriptError) in
    let person = words.scope.person ?? ""
    return Doing { run throws(StepFailure) in
      guard run.seat().isAsleep else { throw StepFailure("\(person)'s machine does not sleep") }
      try run.onStage { (stage) throws(StageError) in try stage.resume(person) }
      try run.settle()
    }
  }
}

extension SceneRun {
  /// Who is killed runs, and who is started does not.
  fileprivate func needs(_ party: Party, toRun wanted: Bool) throws(StepFailure) {
    let runs: Bool
    let name: String
    switch party {
    case .client(let person): (name, runs) = ("\(person)'s client", seat(of: person).state != nil)
    case .emulator, .tokenService: (name, runs) = ("the \(party)", !stoppedServers.contains(party))
    }
    guard runs == wanted else {
      throw StepFailure(runs ? "\(name) runs already" : "\(name) does not run")
    }
    if case .client = party { return }
    if wanted { stoppedServers.insert(party) } else { stoppedServers.remove(party) }
  }
}

extension Party {
  init(_ words: inout Words) throws(ScriptError) {
    if words.isAtEnd {
      guard let person = words.scope.person else {
        throw words.mismatch("a name, 'emulator' or 'token-service'")
      }
      self = .client(person)
    } else if words.takes("emulator") {
      self = .emulator
      words.scope.killsServers = true
    } else if words.takes("token-service") {
      self = .tokenService
      words.scope.killsServers = true
    } else {
      self = .client(try words.name())
    }
  }
}
