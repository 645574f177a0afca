import ACSTypes
import ClientModel
import Services
import Synchronization
import TestKit
import Testing

@testable import ACSAuth

/// A source of tokens that live as long as a test says, and that counts.
private final class CountedTokens: TokenSource {
  enum Manner {
    /// Each token is new and lives this long.
    case fresh(Duration)
    /// A token is handed out again and again until its very end: a token service with a cache.
    case cached(Duration)
  }

  let isRenewable = true
  private let clock: ManualClock
  private let manner: Manner
  private let state = Mutex<(count: Int, token: UserAccessToken?)>((0, nil))

  init(_ manner: Manner, _ clock: ManualClock) {
    self.manner = manner
    self.clock = clock
  }

  var count: Int { state.withLock { $0.count } }

  func fetch(renewing identity: CommunicationIdentifier?, mayPrompt: Bool) -> UserAccessToken {
    state.withLock { state in
      state.count += 1
      let life: Duration
      switch manner {
      case .fresh(let duration): life = duration
      case .cached(let duration):
        if let token = state.token, token.expiresOn > clock.now { return token }
        life = duration
      }
      let token = UserAccessToken(
        token: Secret("\(state.count)"), expiresOn: clock.now + life,
        identity: CommunicationIdentifier(rawID: "8:acs:alice"), claims: nil)
      state.token = token
      return token
    }
  }
}

@Suite("No storm of fetches")
struct StormTests {
  static let day = Duration.seconds(86_400)

  /// How often the token service may be asked in a day, and how often it must be.
  private static let lives: [(seconds: Double, least: Int, most: Int)] = [
    // Of no use: three tries, then pauses that grow to 5 min.
    (1, 500, 1300), (5, 500, 1300), (9, 500, 1300),
    // Used to the end, every 10 s.
    (10, 8640, 8650), (15, 8640, 8650),
    // At half of the life, a tenth earlier at most.
    (30, 5760, 6402), (60, 2880, 3202), (90, 1920, 2135), (600, 288, 321),
    // 10 min before the end, a minute earlier at most.
    (3600, 29, 31), (86_400, 1, 2),
  ]

  @Test(
    "a watch of 24 h asks about as often as the tokens' life makes it, never more", arguments: lives
  )
  func watch(seconds: Double, least: Int, most: Int) async throws {
    let clock = ManualClock()
    let end = clock.now + Self.day
    let tokens = CountedTokens(.fresh(.seconds(seconds)), clock)
    let watch = TokenWatch(
      clock: clock, random: SeededRandom(seed: 5), timer: EndingTimer(clock, end: end)
    ) { _ in tokens }
    #expect(await watch.run { _ in } == nil)
    #expect((least...most).contains(tokens.count), "\(tokens.count)")
  }

  @Test(
    "the client itself, polling all the time, asks no more often",
    arguments: lives.filter { [1, 10, 90, 3600].contains($0.seconds) })
  func client(seconds: Double, least: Int, most: Int) async throws {
    let clock = ManualClock()
    let tokens = CountedTokens(.fresh(.seconds(seconds)), clock)
    let requests = try await run(tokens, clock)
    #expect((least...most).contains(tokens.count), "\(tokens.count)")
    if seconds >= 10 { #expect(requests > 1000) }
  }

  @Test(
    "a token service that hands the same token out until its end costs a few fetches a token",
    arguments: [60, 86_400] as [Double])
  func cached(seconds: Double) async throws {
    let clock = ManualClock()
    let tokens = CountedTokens(.cached(.seconds(seconds)), clock)
    _ = try await run(tokens, clock)
    let perToken = Double(tokens.count) / (86_400 / seconds)
    #expect(perToken < 24, "\(tokens.count) fetches, \(perToken) a token")
  }

  @Test("a service that refuses every token: three forced tries, then pauses that grow to 5 min")
  func refused() async throws {
    let clock = ManualClock()
    let tokens = CountedTokens(.fresh(.seconds(3600)), clock)
    _ = try await run(tokens, clock, refuses: true)
    #expect((280...420).contains(tokens.count), "\(tokens.count)")
  }

  /// Runs the client's model over a day with a real credential; Chat takes tokens or refuses them.
  ///
  /// - Returns: How many requests Chat got.
  private func run(
    _ tokens: CountedTokens, _ clock: ManualClock, refuses: Bool = false
  ) async throws -> Int {
    let random = SeededRandom(seed: 9)
    let credential = UserTokenCredential(
      source: tokens, displayName: "Alice", clock: clock, random: random, flow: Silent.flow(clock))
    var state = ClientState(
      settings: ClientSettings(
        displayName: "Alice", hasGateway: false, tokenServiceURL: "", endpoint: "",
        minutesFromUTC: 0), viewport: Viewport(columns: 80, rows: 24))
    // Requests every 15 s at the fastest, so that a day is over soon.
    state.cadence.list = .seconds(15)
    let end = clock.now + Self.day
    var requests = 0
    var events: [Event] = [.started]
    while clock.now < end {
      var effects: [Effect] = []
      for event in events {
        effects += reduce(
          into: &state, Occurrence(now: clock.now, entropy: random.next(), event: event))
      }
      events = []
      for effect in effects {
        switch effect.action {
        case .renewToken:
          let result: EffectResult
          do {
            result = .session(try await credential.renew())
          } catch let error as ServiceError { result = .failed(error) }
          events.append(.finished(effect.id, result))
        case .listThreads:
          requests += 1
          events.append(.finished(effect.id, await request(credential, refuses: refuses)))
        default: events.append(.finished(effect.id, .done))
        }
      }
      guard events.isEmpty else { continue }
      let deadline = try #require(state.nextDeadline)
      clock.advance(by: max(.milliseconds(1), deadline - clock.now))
      events = [.clockAdvanced]
    }
    return requests
  }

  /// A request as `AuthorisedExchange` makes it.
  private func request(_ credential: UserTokenCredential, refuses: Bool) async -> EffectResult {
    do {
      let token = try await credential.token()
      guard refuses else {
        credential.accepted(token)
        return .threads(Page(values: []))
      }
      _ = try await credential.token(insteadOf: token)
      return .failed(ServiceError(.unauthenticated, "Refused.", status: 401))
    } catch {
      return .failed(ServiceError(error, during: "listing"))
    }
  }
}

/// Steps that nobody keeps: a day has thousands.
private struct Silent: TokenFlowObserver {
  static func flow(_ clock: ManualClock) -> ACSAuth.TokenFlow {
    ACSAuth.TokenFlow(observer: Silent(), clock: clock)
  }

  func record(_ step: TokenFlowStep) {}
}

/// A timer on a manual clock that is cancelled when the time is over.
private struct EndingTimer: Timer {
  private let timer: ManualTimer
  private let clock: ManualClock
  private let end: Timestamp

  init(_ clock: ManualClock, end: Timestamp) {
    timer = ManualTimer(clock)
    self.clock = clock
    self.end = end
  }

  func wait(_ duration: Duration) async throws {
    guard clock.now + duration < end else { throw CancellationError() }
    try await timer.wait(duration)
  }
}
