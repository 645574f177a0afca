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
