/// Under how many schedules of faults a scene is played.
public struct WeatherSetting: Hashable, Sendable {
  /// The tag of scenes that mean nothing under faults.
  public static let exemption = "calm"

  /// The seeds.
  public var seeds: ClosedRange<UInt64>
  /// Of the schedule only these entries, by their places; `nil` for all.
  public var only: [Int]?
  /// How long to look for the fewest faults of a failure.
  public var shrinkTime = Duration.seconds(60)

  /// The schedules of some seeds.
  public init(seeds: ClosedRange<UInt64>, only: [Int]? = nil) {
    self.seeds = seeds
    self.only = only
  }
}

extension ScriptPlayer {
  /// Plays one scene on a clear day, and then under seeded schedules of faults: networks that delay, double, lose and refuse,
  /// events out of order, sockets that break, tokens that expire.
  ///
  /// Under faults every step waits for what it needs, what is expected on the way may fail to come, and what the scene
  /// expects in the end must come true once the faults are over: messages, threads, people, composers and states. A scene
  /// that is tagged `calm` is played on the clear day alone.
  ///
  /// - Returns: The first failure, with the fewest faults that still bring it about.
  public func play(
    _ scene: Scene, of script: Script, under weather: WeatherSetting
  ) -> SceneResult {
    let begin = ContinuousClock.now
    var result = play(scene, of: script)
    guard result.failure == nil, !scene.tags.contains(WeatherSetting.exemption) else {
      return result
    }
    for seed in weather.seeds {
      var schedule = FaultSchedule(seed: seed, steps: result.steps, people: script.setting.users)
      let places = weather.only ?? Array(schedule.entries.indices)
      schedule = schedule.only(places)
      guard let failure = failure(of: scene, script, schedule, places) else {
        result.weatherPlays += 1
        continue
      }
      result.failure = shrunk(failure, scene, script, schedule, places, weather)
      break
    }
    result.duration = .now - begin
    return result
  }

  private func failure(
    of scene: Scene, _ script: Script, _ schedule: FaultSchedule, _ places: [Int]
  ) -> SceneResult.Failure? {
    var script = script
    script.setting.seed = schedule.seed
    var player = self
    player.willDo = { _, _ in true }
    player.stage = { (script, scene) throws(StageError) in
      try WorldStage(script.setting, pace: .usual, keepsFiles: scene.killsServers)
    }
    let list = places.isEmpty ? "none" : places.map(String.init).joined(separator: ",")
    let only = " --weather-only \(list)"
    let command = "\(command(script, scene)) --weather 1 --weather-seed \(schedule.seed)\(only)"
    return player.play(scene, of: script, under: schedule, command: command).failure
  }

  /// The failure with the fewest faults that still bring one about.
  private func shrunk(
    _ failure: SceneResult.Failure, _ scene: Scene, _ script: Script, _ schedule: FaultSchedule,
    _ places: [Int], _ weather: WeatherSetting
  ) -> SceneResult.Failure {
    var last = (failure: failure, places: places)
    let end = ContinuousClock.now + weather.shrinkTime
    var search = FewestParts<Int>(
      mayGoOn: { _ in .now < end },
      fails: { indices in
        let some = schedule.only(indices)
        let kept = indices.map { places[$0] }
        guard let failure = self.failure(of: scene, script, some, kept) else { return false }
        last = (failure, kept)
        return true
      })
    let all = places.count
    if !places.isEmpty, var failure = self.failure(of: scene, script, schedule.only([]), []) {
      failure.report =
        "without any fault, once requests and disks take their time (seed \(schedule.seed)):\n"
        + failure.report
      return failure
    }
    let left = search.find(in: Array(schedule.entries.indices))
    var lines = [
      "under the faults of seed \(schedule.seed), of which \(left.count) of \(all) are left"
        + (search.isCutShort ? " (perhaps not the fewest: the time was up)" : "") + ":"
    ]
    lines += left.map { "  \(schedule.entries[$0])" }
    var failure = last.failure
    failure.report = lines.joined(separator: "\n") + "\n" + failure.report
    return failure
  }
}
