extension Verb {
  static let thread = Verb(
    "thread", by: .world,
    [
      Form(
        "thread \"TOPIC\" with NAME, NAME…",
        "Makes a thread while the scene goes on, by another program of its first member's; messages below it as before the first scene."
      )
    ]
  ) { words throws(ScriptError) in MakeThread(setting: try ThreadSetting(&words)) }
}

/// Makes a thread.
struct MakeThread: Act {
  var hasBlock: Bool { true }
  let setting: ThreadSetting

  func perform(_ run: SceneRun) throws(StepFailure) {
    try run.onStage { (stage) throws(StageError) in try stage.make(setting) }
    try run.settle()
  }
}
