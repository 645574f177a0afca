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
      if case .client(let name) = party, try run.seat(of: name).state == nil {
        throw StepFailure("\(name)'s client does not run")
      }
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
      if case .client(let name) = party, try run.seat(of: name).state != nil {
        throw StepFailure("\(name)'s client runs already")
      }
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
      try run.onStage { (stage) throws(StageError) in try stage.suspend(person) }
    }
  }

  static let wake = Verb(
    "wake", by: .person, [Form("wake", "Opens the lid again.")]
  ) { words throws(ScriptError) in
    let person = words.scope.person ?? ""
    return Doing { run throws(StepFailure) in
      try run.onStage { (stage) throws(StageError) in try stage.resume(person) }
      try run.settle()
    }
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
