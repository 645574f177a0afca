extension Verb {
  static let advance = Verb(
    "advance", by: .either,
    [Form("advance DURATION", "Lets time pass, such as 90s, 15m or 24h; nothing else does.")],
    about:
      "On the virtual clock that takes as long as what happens within the time; in a terminal and against a running service it is waited."
  ) { words throws(ScriptError) in
    Advance(duration: try words.duration("a length of time"))
  }
}

/// Lets time pass.
struct Advance: Act {
  let duration: Duration

  func perform(_ run: SceneRun) throws(StepFailure) {
    try run.onStage { (stage) throws(StageError) in try stage.advance(by: duration) }
  }
}
