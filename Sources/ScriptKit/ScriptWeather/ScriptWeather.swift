import ACSTypes

/// The trouble on the way while a scene is played under a ``FaultSchedule``.
///
/// A person who writes a script waits for what they need before they go on; so does a play under trouble. What it waits for
/// in vain for a minute comes about once the trouble is over, which is then over for good.
final class ScriptWeather {
  /// How long something is waited for while there is trouble.
  static let patience = Duration.seconds(60)
  /// How long something that need not come about is waited for after it.
  static let hope = Duration.seconds(120)
  /// How long what must come about is waited for after it.
  static let calmPatience = Duration.seconds(900)

  /// After how long nothing is wrong with events any more, and nothing of what was put off is still to come.
  static let eventTrouble = Duration.seconds(45)

  private let stage: WorldStage
  private var rest: ArraySlice<FaultSchedule.Entry>
  private var offlineUntil: [String: Timestamp] = [:]
  private var faultCount: UInt64 = 0
  /// True once nothing more goes wrong.
  private(set) var isOver = false

  init(_ schedule: FaultSchedule, on stage: WorldStage) {
    self.stage = stage
    rest = schedule.entries[...]
  }

  /// Step `number` comes next.
  func before(step number: Int) {
    guard !isOver else { return }
    while let entry = rest.first, entry.step <= number {
      rest.removeFirst()
      begin(entry.trouble)
    }
    mendLines()
  }

  /// Networks that are gone for a while only are back when their time is up.
  func mendLines() {
    for (name, end) in offlineUntil where end <= stage.now {
      offlineUntil[name] = nil
      passage(of: name)?.weather.isOffline = false
    }
  }

  /// All trouble is over; what the script itself lets go wrong goes on.
  func end() {
    guard !isOver else { return }
    isOver = true
    rest = []
    // What is wrong with events ends by itself within half a minute.
    for client in stage.world.clients { clear(client) }
  }

  private func begin(_ trouble: FaultSchedule.Trouble) {
    stage.world.trace.note("weather", trouble.description)
    switch trouble {
    case .weather(let name, let ailment, let percent):
      passage(of: name)?.weather.set(ailment, Double(percent) / 100)
    case .clear(let name): client(name).map(clear)
    case .offline(let name, let seconds):
      passage(of: name)?.weather.isOffline = true
      offlineUntil[name] = stage.now + .seconds(seconds)
    case .cut(let name): passage(of: name)?.cutSockets()
    case .events(let ailment, let percent):
      faultCount += 1
      stage.world.spoilEvents(ailment, percent: percent, seed: faultCount)
    case .expire(let name):
      if let identity = client(name)?.identity { stage.world.revokeTokens(of: identity) }
    }
  }

  private func client(_ name: String) -> SimulatedClient? {
    stage.world.clients.first { $0.name == name }
  }

  private func passage(of name: String) -> Passage? { client(name)?.passage }

  private func clear(_ client: SimulatedClient) {
    offlineUntil[client.name] = nil
    // Whose lid is closed stays out of reach.
    let isOffline = client.isAsleep
    client.passage.weather = client.passage.clearDay
    client.passage.weather.isOffline = isOffline
  }
}
