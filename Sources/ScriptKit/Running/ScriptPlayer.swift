/// Plays the scenes of scripts.
public struct ScriptPlayer {
  /// Makes the stage of a scene.
  public var stage: (Script, Scene) throws(StageError) -> any Stage
  /// How scenes are played.
  public var options: SceneOptions
  /// The command that plays just one scene, for failures.
  public var command: (Script, Scene) -> String
  /// Called before each step with the people's seats; gives false to stop there.
  public var willDo: (Step, [any Seat]) -> Bool = { _, _ in true }
  /// Called with each stage before its scene begins, those of plays under faults included.
  public var willPlay: (any Stage) -> Void = { _ in }
  /// True when stages of plays under faults keep their traces.
  public var keepsTrace = false
  /// Gives the trace of a stage that is about to end.
  public var trace: (any Stage) -> [String] = { _ in [] }

  /// A player.
  public init(
    options: SceneOptions,
    command: @escaping (Script, Scene) -> String = { script, scene in
      ScriptPlayer.command(script, scene)
    },
    stage: @escaping (Script, Scene) throws(StageError) -> any Stage = { script, scene in
      try WorldStage(script.setting, keepsFiles: scene.killsServers)
    }
  ) {
    self.options = options
    self.command = command
    self.stage = stage
  }

  /// The command that plays just one scene, with more options after it.
  public static func command(_ script: Script, _ scene: Scene, options: String = "") -> String {
    // What begins with '-' would be an option.
    let path = script.path.first == "-" ? "./\(script.path)" : script.path
    let only = "--only\(scene.name.first == "-" ? "=" : " ")\(shellQuoted(scene.name))"
    return "confab script run \(shellQuoted(path)) \(only)\(options)"
  }

  /// Plays one scene.
  public func play(_ scene: Scene, of script: Script) -> SceneResult {
    play(scene, of: script, under: nil, command: command(script, scene))
  }

  /// Plays one scene, under a schedule of faults if one is given; that needs a ``WorldStage``.
  func play(
    _ scene: Scene, of script: Script, under schedule: FaultSchedule?, command: String
  ) -> SceneResult {
    let begin = ContinuousClock.now
    var result = SceneResult(
      path: script.path, scene: scene.name, place: scene.place, steps: 0, duration: .zero,
      notes: [], trace: [])
    do throws(StageError) {
      let stage = try stage(script, scene)
      defer { stage.end() }
      willPlay(stage)
      let run = SceneRun(
        script, scene, on: stage, options: options,
        willDo: { [willDo] step, run in willDo(step, run.stage.seats) })
      if let schedule, let stage = stage as? WorldStage {
        run.weather = ScriptWeather(schedule, on: stage)
      }
      do throws(StepFailure) {
        try run.run(Array(scene.steps[..<scene.endIndex]))
        run.endWeather()
        try run.run(Array(scene.steps[scene.endIndex...]))
      } catch {
        result.failure = failure(error, run, command)
      }
      result.steps = run.stepCount
      result.notes = run.notes
      result.isUnwritten = run.isUnwritten
      result.trace = trace(stage)
    } catch {
      result.failure = .init(
        place: scene.place, message: error.message,
        report: """
          \(scene.place): FAILED \(quoted(scene.name))
            \(error.message)
          to play just this scene:
            \(command)
          """)
    }
    result.duration = .now - begin
    return result
  }

  private func failure(
    _ failure: StepFailure, _ run: SceneRun, _ command: String
  ) -> SceneResult.Failure {
    let place = run.step?.place ?? run.scene.place
    let report = FailureReport(failure, run, command: command)
    return .init(place: place, message: failure.message, report: report.text)
  }
}
