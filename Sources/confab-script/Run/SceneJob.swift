import ScriptKit

/// A scene that is to be played.
struct SceneJob: Sendable {
  let script: Script
  let scene: Scene

  /// The scenes of scripts that are wanted, in their order or in one that a seed makes.
  static func all(_ scripts: [Script], _ options: RunOptions) -> [SceneJob] {
    var jobs: [SceneJob] = []
    for script in scripts {
      var script = script
      if let seed = options.seed { script.setting.seed = seed }
      for scene in script.scenes where isWanted(scene, options.only) {
        jobs.append(SceneJob(script: script, scene: scene))
      }
    }
    guard let seed = options.shuffle else { return jobs }
    let dice = Dice(seed: seed, "shuffle")
    for index in jobs.indices.reversed() where index > 0 {
      jobs.swapAt(index, dice.number(in: 0...index))
    }
    return jobs
  }

  private static func isWanted(_ scene: Scene, _ only: [String]) -> Bool {
    only.isEmpty || only.contains(scene.name) || only.contains { scene.tags.contains($0) }
  }
}
