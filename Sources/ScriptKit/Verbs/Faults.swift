import ACSTypes

extension Verb {
  static let fault = Verb(
    "fault", by: .world,
    [
      Form(
        "fault TARGET answers STATUS [after DURATION]",
        "Somebody on the way answers with the status, and asks to wait that long."),
      Form("fault TARGET is down", "Nobody answers; sockets break."),
      Form("fault TARGET is slow by DURATION", "Requests arrive so much later."),
      Form(
        "fault TARGET loses requests | answers",
        "They never arrive, or are done and never answered; nobody is told."),
      Form(
        "fault TARGET resets", "Requests are done, and the connection breaks before the answer."),
      Form("fault TARGET duplicates", "Requests arrive twice."),
      Form("fault events falls silent", "Sockets stay open, and nothing comes over them."),
      Form(
        "fault TARGET repeats an old answer",
        "The first good answer that such a request had is given again, such as an old token."),
      Form("… on METHOD \"/PATH/*\"", "Only requests that look so."),
      Form("… to NAME, NAME…", "Only those of some people; of everybody without it."),
      Form(
        "… for DURATION | N times",
        "Ends by itself, for each of the people after so many requests of theirs; else when the script clears it."
      ),
      Form(
        "fault emulator KIND [by DURATION] [on event N] [to NAME] [for N times]",
        "The emulator does something wrong of its own: \(EmulatorFault.kinds.joined(separator: ", ")); docs/emulator.md tells what each does."
      ),
    ],
    about:
      "TARGET is token-service, chat, events or network, which is all of them. Of two faults for a request the later one strikes."
  ) { words throws(ScriptError) in
    if words.takes("emulator") {
      let fault = try EmulatorFault(&words)
      return Doing { run throws(StepFailure) in
        try run.onStage { (stage) throws(StageError) in try stage.add(fault) }
      }
    }
    let rule = try FaultRule(&words)
    return Doing { run throws(StepFailure) in
      var rule = rule
      if let length = rule.length { rule.until = run.stage.now + length }
      try run.onStage { (stage) throws(StageError) in try stage.add(rule) }
    }
  }

  static let clearFaults = Verb(
    "clear faults", by: .world, [Form("clear faults", "Lets nothing go wrong any more.")]
  ) { _ throws(ScriptError) in
    Doing { run throws(StepFailure) in
      try run.onStage { (stage) throws(StageError) in try stage.clearFaults() }
    }
  }
}

extension FaultRule {
  init(_ words: inout Words) throws(ScriptError) {
    let name = try words.word("what fails", of: Target.allCases.map(\.rawValue))
    guard let target = Target(rawValue: name) else { preconditionFailure("\(name) is a target") }
    let start = words
    let effect: Effect
    if words.takes("answers") {
      let status = try words.number("a status", in: 100...599)
      effect = .answers(
        status: status,
        retryAfter: words.takes("after") ? try words.duration("how long to wait") : nil)
    } else if words.takes("is", "down") {
      effect = .isDown
    } else if words.takes("is", "slow", "by") {
      effect = .isSlow(try words.duration("how slow"))
    } else if words.takes("loses", "requests") {
      effect = .losesRequests
    } else if words.takes("loses", "answers") {
      effect = .losesAnswers
    } else if words.takes("resets") {
      effect = .resets
    } else if words.takes("duplicates") {
      effect = .duplicates
    } else if words.takes("repeats", "an", "old", "answer") {
      effect = .repeatsOldAnswers
    } else if words.takes("falls", "silent") {
      guard target == .events || target == .network else {
        throw start.error("sockets fall silent: those of 'events'")
      }
      effect = .fallsSilent
    } else {
      throw words.mismatch(
        "'answers', 'is down', 'is slow by', 'loses requests', 'loses answers', 'resets', 'duplicates', 'falls silent' or 'repeats an old answer'"
      )
    }
    self.init(target, effect)
    while !words.isAtEnd {
      if try words.takesOnce("on", unless: path != nil) {
        method = try words.word("a method", of: ["GET", "POST", "PUT", "PATCH", "DELETE"])
        path = Glob(try words.fixedText("the path"))
      } else if try words.takesOnce("to", unless: !people.isEmpty) {
        people = try words.names()
      } else if try words.takesOnce("for", unless: remaining != nil || length != nil) {
        if let word = words.peekedWord, let count = Int(word) {
          guard (1...1_000_000).contains(count) else {
            throw words.error("how many times is 1 to 1000000")
          }
          words.skip()
          guard words.takes("times") || words.takes("requests") else {
            throw words.mismatch("'times'")
          }
          remaining = count
        } else {
          length = try words.duration("how long it fails")
        }
      } else {
        throw words.mismatch("'on', 'to', 'for' or the end of the line")
      }
    }
  }
}
