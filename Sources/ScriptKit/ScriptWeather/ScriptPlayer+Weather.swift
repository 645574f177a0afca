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
      if let place = places.first(where: { !schedule.entries.indices.contains($0) }) {
        result.failure = .init(
          place: scene.place, message: "seed \(seed) has no fault \(place)",
          report: """
            \(scene.place): FAILED \(quoted(scene.name))
              the schedule of seed \(seed) has \(schedule.entries.count) faults, counted from 0, and none is \(place):
              the script is another one since that was printed
            """)
        break
      }
      schedule = schedule.only(places)
      let play = play(scene, script, schedule, places)
      guard let failure = play.failure else {
        result.weatherPlays += 1
        continue
      }
      let last = shrunk(
        Failing(failure: failure, places: places, trace: play.trace), scene, script, schedule,
        weather)
      (result.failure, result.trace) = (last.failure, last.trace)
      break
    }
    result.duration = .now - begin
    return result
  }

  /// A play that failed.
  private struct Failing {
    var failure: SceneResult.Failure
    /// The faults under which it did, by their places in the schedule of the seed.
    var places: [Int]
    var trace: [String]
  }

  private func play(
    _ scene: Scene, _ script: Script, _ schedule: FaultSchedule, _ places: [Int]
  ) -> SceneResult {
    var script = script
    script.setting.seed = schedule.seed
    var player = self
    player.willDo = { _, _ in true }
    player.stage = { [keepsTrace] (script, scene) throws(StageError) in
      try WorldStage(
        script.setting, pace: .usual, keepsTrace: keepsTrace, keepsFiles: scene.killsServers)
    }
    let list = places.isEmpty ? "none" : places.map(String.init).joined(separator: ",")
    let only = " --weather-only \(list)"
    let command = "\(command(script, scene)) --weather 1 --weather-seed \(schedule.seed)\(only)"
    return player.play(scene, of: script, under: schedule, command: command)
  }

  /// The failure with the fewest faults that still bring one about.
  private func shrunk(
    _ first: Failing, _ scene: Scene, _ script: Script, _ schedule: FaultSchedule,
    _ weather: WeatherSetting
  ) -> Failing {
    var last = first
    /// Whether it fails under some of the faults.
    func fails(_ indices: [Int]) -> Bool {
      let kept = indices.map { first.places[$0] }
      let play = play(scene, script, schedule.only(indices), kept)
      guard let failure = play.failure else { return false }
      last = Failing(failure: failure, places: kept, trace: play.trace)
      return true
    }
    if first.places.isEmpty || fails([]) {
      last.failure.report =
        "without any fault, once requests and disks take their time (seed \(schedule.seed)):\n"
        + last.failure.report
      return last
    }
    let end = ContinuousClock.now + weather.shrinkTime
    var search = FewestParts<Int>(mayGoOn: { _ in .now < end }, fails: { fails($0) })
    let left = search.find(in: Array(schedule.entries.indices))
    var lines = [
      "under the faults of seed \(schedule.seed), of which \(left.count) of \(first.places.count) are left"
        + (search.isCutShort ? " (perhaps not the fewest: the time was up)" : "") + ":"
    ]
    lines += left.map { "  \(schedule.entries[$0])" }
    last.failure.report = lines.joined(separator: "\n") + "\n" + last.failure.report
    return last
  }
}
