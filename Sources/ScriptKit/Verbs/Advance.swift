extension Verb {
  static let advance = Verb(
    "advance", by: .either,
    [Form("advance DURATION", "Lets time pass, such as 90s, 15m or 24h; nothing else does.")],
    about:
      "On the virtual clock that takes as long as what happens within the time; in a terminal and against a running service it is waited."
  ) { words throws(ScriptError) in
    let start = words
    let duration = try words.duration("a length of time")
    guard duration * words.scope.repetitions <= .seconds(366 * 86_400) else {
      throw start.error("no more than a year passes, what is repeated counted")
    }
    return Advance(duration: duration)
  }
}

/// Lets time pass.
struct Advance: Act {
  let duration: Duration

  func perform(_ run: SceneRun) throws(StepFailure) {
    try run.onStage { (stage) throws(StageError) in try stage.advance(by: duration) }
  }
}
