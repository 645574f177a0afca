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
      for scene in script.scenes where isWanted(scene, of: script, options.only) {
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

  /// A word that is a scene's name in a script means that scene there, whatever is tagged with it.
  private static func isWanted(_ scene: Scene, of script: Script, _ only: [String]) -> Bool {
    guard !only.isEmpty else { return true }
    return only.contains { word in
      script.scenes.contains { $0.name == word }
        ? scene.name == word : scene.tags.contains(word)
    }
  }
}
