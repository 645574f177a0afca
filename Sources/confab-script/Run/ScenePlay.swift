import ScriptKit

/// One scene, played.
struct ScenePlay {
  let result: SceneResult

  init(
    _ job: SceneJob, _ options: RunOptions,
    willDo: @escaping (Step, [any Seat]) -> Bool = { _, _ in true }
  ) {
    var scene = SceneOptions(
      read: DiskFiles.readFile, write: { DiskFiles.write($0, $1) })
    scene.updatesSnapshots = options.updates
    let keepsTrace = options.trace != nil
    var player = ScriptPlayer(
      options: scene,
      command: { script, scene in
        ScriptPlayer.command(
          script, scene,
          options: (options.seed.map { " --seed \($0)" } ?? "") + options.stageWords
            + (options.updates ? " --update" : ""))
      },
      stage: { (script, scene) throws(StageError) in
        if options.inTerminals { return try TerminalStage(script.setting) }
        if let target = options.target { return try target.stage(script.setting) }
        return try WorldStage(
          script.setting, keepsTrace: keepsTrace, keepsFiles: scene.killsServers)
      })
    player.willDo = willDo
    player.keepsTrace = keepsTrace
    player.trace = { stage in
      guard keepsTrace else { return [] }
      // In real time each client has its own.
      return (stage as? WorldStage)?.world.trace.lines
        ?? stage.seats.flatMap { seat in seat.diary.lines.map { "\(seat.name) \($0)" } }
    }
    if let weather = options.weather {
      result = player.play(job.scene, of: job.script, under: weather)
    } else {
      result = player.play(job.scene, of: job.script)
    }
  }
}
