public import ACSTypes
public import ClientModel
import Emulator
import Services
import Synchronization

/// What may differ from one world to the next.
public struct WorldSettings: Hashable, Sendable {
  /// Makes all the chance there is in it.
  public var seed: UInt64
  /// The people, by the names under which the trusted service knows them.
  public var people: [String]
  /// When it begins.
  public var start = Timestamp(milliseconds: 1_795_228_197_000)
  /// Where the servers keep their files, a folder of its own; `nil` for memory, which a kill empties.
  public var folder: String?
  /// How long things take while nothing goes wrong.
  public var pace = WorldPace.usual
  /// True when clients want the service's events as they happen (`realtime = auto`).
  public var hasEvents = true
  /// How many messages a page of the service has at the most; `nil` for the service's own limit.
  public var messagesPageLimit: Int?
  /// How far the clock of each person's machine is ahead of the servers'; negative where it is behind, nothing where none
  /// is named.
  public var clockShifts: [String: Duration] = [:]
  /// True when screens are drawn at each step, as a terminal's is, and not only when somebody looks.
  public var drawsEachStep = true
  /// The size of everybody's screen.
  public var viewport = Viewport(columns: 80, rows: 24)
  /// True when the lines of the trace are kept.
  public var keepsTrace = false
  /// True when clients keep a diary.
  public var keepsDiaries = false
  /// How long a user's token lives, in whole minutes.
  public var tokenLife = Duration.seconds(3600)
  /// True when clients record what happens to them, as `confab --record` does.
  public var recordsEvents = false

  /// A world of `people`.
  public init(seed: UInt64, people: [String]) {
    self.seed = seed
    self.people = people
  }
}

/// Users with their clients, the emulator and the trusted service in one process, on virtual time.
///
/// Nothing in it knows the computer's clock, its threads or its random numbers: the same settings and the same calls give
/// the same ``trace``, byte for byte. All work is done by the calling thread within ``settle()`` and ``advance(by:)``.
public final class World {
  /// How often a client may be stepped at one moment before it counts as spinning.
  private static let stepLimit = 10_000

  /// What it was made from.
  public let settings: WorldSettings
  /// The time.
  public let clock: VirtualClock
  /// What happened.
  public let trace: Trace
  /// Emulator and trusted service.
  public let servers: Servers
  /// Everybody's client, in the order of their names in the settings; not started yet.
  public private(set) var clients: [SimulatedClient] = []
  /// The trusted service's network to the emulator.
  public let trustedPassage: Passage
  /// True after something went on for ever at one moment; nothing may be concluded from the world then.
  public private(set) var isSpinning = false
  /// How often something was due without time passing.
  private var standing = 0
  let executor: SeededExecutor
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var lastTask = 0

  /// A world in which the servers run and nobody has started a client.
  public init(_ settings: WorldSettings) throws {
    self.settings = settings
    let clock = VirtualClock(settings.start)
    let seed = settings.seed
    let trace = Trace(clock: clock, isKept: settings.keepsTrace)
    let executor = SeededExecutor(random: Dice(seed: seed, "order"))
    var rules = EmulatorRules()
    rules.messagesPageLimit = settings.messagesPageLimit
    servers = try Servers(
      folder: settings.folder, seed: seed, clock: clock, executor: executor, trace: trace,
      rules: rules, diskTime: settings.pace.serverDisk)
    trustedPassage = Passage(
      name: "trusted", servers: servers, clock: clock, trace: trace,
      dice: Dice(seed: seed, "network trusted"), latency: settings.pace.network)
    (self.clock, self.trace, self.executor) = (clock, trace, executor)
    for name in settings.people {
      clients.append(
        try SimulatedClient(
          name: name, seed: seed, settings: settings, servers: servers, clock: clock,
          executor: executor, trace: trace))
    }
    try startServers()
  }

  /// Starts the servers that are down.
  public func startServers() throws {
    try servers.startEmulator()
    try servers.startTrusted(over: trustedPassage)
  }

  /// Does all that can be done without time passing, what takes no time included.
  public func settle() {
    var count = 0
    var isBusy = true
    while isBusy {
      isBusy = executor.run() > 0
      for client in clients where client.stepIfDue() { isBusy = true }
      if clock.nextDeadline.map({ $0 <= clock.now }) ?? false {
        clock.advance(to: clock.now)
        isBusy = true
      }
      count += 1
      if count > World.stepLimit {
        isSpinning = true
        return
      }
    }
  }

  /// Lets time pass, and everything happen when it is due.
  public func advance(by duration: Duration) {
    let end = clock.now + duration
    settle()
    while let next = nextDeadline, next <= end, !isSpinning {
      pass(to: next)
    }
    clock.advance(to: max(end, clock.now))
    settle()
  }

  /// Goes on to what is due next; nothing may be due at one moment without end.
  private func pass(to next: Timestamp) {
    standing = next > clock.now ? 0 : standing + 1
    if standing > World.stepLimit { isSpinning = true }
    clock.advance(to: max(next, clock.now))
    servers.tick()
    settle()
  }

  /// Lets time pass until `condition` holds, `limit` at the longest.
  ///
  /// - Returns: Whether it holds.
  @discardableResult
  public func advance(upTo limit: Duration, until condition: () -> Bool) -> Bool {
    let end = clock.now + limit
    settle()
    while !condition(), !isSpinning {
      guard let next = nextDeadline, next <= end else {
        clock.advance(to: end)
        settle()
        return condition()
      }
      pass(to: next)
    }
    return !isSpinning
  }

  /// Does something that no client does, as another program of a user's would; it goes on while time passes.
  public func begin(_ body: @escaping @Sendable () async -> Void) {
    lastTask += 1
    tasks[lastTask] = Task(executorPreference: executor) { await body() }
  }

  /// Does something that no client does to its end, while time passes.
  ///
  /// - Returns: `nil` when it took longer than `limit`.
  public func finish<Value: Sendable>(
    within limit: Duration, _ body: @escaping @Sendable () async -> Value
  ) -> Value? {
    let box = Box<Value>()
    begin { await box.put(body()) }
    advance(upTo: limit) { box.value != nil }
    return box.value
  }

  /// Ends everything; no task is left behind.
  public func end() {
    for client in clients { client.kill() }
    for (_, task) in tasks.sorted(by: { $0.key < $1.key }) { task.cancel() }
    servers.killTrusted()
    servers.killEmulator()
    executor.run()
    clock.cancelAll()
    executor.run()
  }

  private var nextDeadline: Timestamp? {
    ([clock.nextDeadline, servers.nextDeadline] + clients.map(\.nextDeadline))
      .compactMap(\.self).min()
  }
}

/// Where a task leaves its result.
private final class Box<Value: Sendable>: Sendable {
  private let held = Mutex<Value?>(nil)

  var value: Value? { held.withLock { $0 } }

  func put(_ value: Value) { held.withLock { $0 = value } }
}
