extension Verb {
  static let pin = Verb(
    "pin", by: .person,
    [Form("pin", "Keeps the open thread at the top of the list, or no longer.")]
  ) { _ throws(ScriptError) in
    Doing { run throws(StepFailure) in try run.seatWithThread().goAndPress("M-p") }
  }

  static let quieten = Verb(
    "quieten", by: .person,
    [Form("quieten", "Wants no notices of the open thread, or wants them again.")]
  ) { _ throws(ScriptError) in
    Doing { run throws(StepFailure) in try run.seatWithThread().goAndPress("M-q") }
  }
}
