public import ACSTypes
public import Emulator
import ServiceAuth
import Services
import Synchronization
import TrustedService

/// The emulator and the trusted service of a world; both can be killed and started again.
///
/// Requests come from a ``Passage``. What a killed server had not brought to its disk is gone, as are its answers.
public final class Servers: Sendable {
  /// Where the emulator is reached.
  public static let endpoint = "http://127.0.0.1:7750"
  /// Where the trusted service is reached.
  public static let trustedURL = "http://127.0.0.1:7760"

  private struct State {
    var emulator: Emulator?
    /// Counts the emulator's starts.
    var run = 0
    var isCommitting = false
    var trusted: TrustedService?
    var trustedRun = 0
    /// Who waits for an answer that a kill will not give.
    var owed: [Int: @Sendable (HTTPResponse?) -> Void] = [:]
    var lastOwed = 0
    var tasks: [Int: Task<Void, Never>] = [:]
    var sockets: [Int: @Sendable (SocketOutput) -> Void] = [:]
  }

  /// What the emulator acknowledged of sending.
  public let sent = SentMessages()
  private let folder: String?
  private let rules: EmulatorRules
  /// How long the emulator's disk takes.
  private let diskTime: Duration
  private let key: AccessKey
  private let dice: Dice
  private let clock: VirtualClock
  private let executor: SeededExecutor
  private let trace: Trace
  /// The trusted service's own users; without a folder they live as long as the world.
  private let users: (any UserStore)?
  private let state = Mutex(State())
  /// One for the process, and a short one, which is made in a moment: it never leaves the process, and nothing in a world
  /// shows it.
  private static let tokenKey = Result { try RSAKey.generate(bits: 1024) }

  /// Servers that were not started yet.
  ///
  /// - Parameters:
  ///   - folder: Where they keep their files; `nil` for memory, which the emulator's end empties.
  ///   - seed: Makes ids and keys.
  ///   - clock: The time.
  ///   - executor: Runs what the trusted service does.
  ///   - trace: Is told of starts and ends.
  ///   - rules: What differs from other emulators.
  ///   - diskTime: How long the emulator's disk takes.
  /// - Throws: `StoreError`.
  public init(
    folder: String?, seed: UInt64, clock: VirtualClock, executor: SeededExecutor, trace: Trace,
    rules: EmulatorRules = EmulatorRules(), diskTime: Duration = WorldPace.usual.serverDisk
  ) throws {
    self.folder = folder
    self.rules = rules
    self.diskTime = diskTime
    self.clock = clock
    self.executor = executor
    self.trace = trace
    dice = Dice(seed: seed, "servers")
    key = AccessKey(random: dice)
    users = folder == nil ? try SQLiteUserStore(path: nil) : nil
  }

  /// The emulator; `nil` while it is down.
  public var emulator: Emulator? { state.withLock { $0.emulator } }

  /// When the emulator or the trusted service has something to do.
  public var nextDeadline: Timestamp? {
    let (emulator, trusted) = state.withLock { ($0.emulator, $0.trusted) }
    return [emulator?.nextDeadline, trusted?.nextDeadline].compactMap(\.self).min()
  }

  /// Does what is due.
  public func tick() {
    guard let emulator, let deadline = emulator.nextDeadline, deadline <= clock.now else { return }
    _ = emulator.tick(now: clock.now)
  }

  // MARK: - Life

  /// Starts the emulator over what it kept.
  public func startEmulator() throws {
    guard emulator == nil else { return }
    let emulator = try Emulator(
      path: folder.map { "\($0)/emulator.sqlite" }, accessKeys: [key],
      tokenKey: try Servers.tokenKey.get(), rules: rules, random: dice)
    emulator.whenWritesWait { [weak self] in self?.commitSoon() }
    state.withLock { state in
      state.emulator = emulator
      state.run += 1
      state.isCommitting = false
    }
    trace.note("emulator", "starts")
  }

  /// Ends the emulator as `kill -9` does: what waits for its disk is lost, and every connection breaks.
  public func killEmulator() {
    let (owed, sockets) = state.withLock { state in
      defer {
        state.emulator = nil
        state.owed = [:]
        state.sockets = [:]
      }
      return (state.owed, state.sockets)
    }
    trace.note("emulator", "is killed")
    for (_, answer) in owed.sorted(by: { $0.key < $1.key }) { answer(nil) }
    for (_, outlet) in sockets.sorted(by: { $0.key < $1.key }) { outlet(.drop) }
  }

  /// Starts the trusted service over what it kept; its own way to the emulator is `passage`.
  public func startTrusted(over passage: Passage) throws {
    guard state.withLock({ $0.trusted == nil }) else { return }
    let trusted = TrustedService(
      addresses: TrustedService.Addresses(
        endpoint: Servers.endpoint, publicURL: Servers.trustedURL),
      users: try users ?? SQLiteUserStore(path: folder.map { "\($0)/users.sqlite" }),
      exchange: passage, authoriser: HMACSigner(key: key, clock: clock), clock: clock, random: dice)
    state.withLock { state in
      state.trusted = trusted
      state.trustedRun += 1
    }
    trace.note("trusted", "starts")
  }

  /// Ends the trusted service as `kill -9` does.
  public func killTrusted() {
    let tasks = state.withLock { state in
      defer {
        state.trusted = nil
        state.trustedRun += 1
        state.tasks = [:]
      }
      return state.tasks
    }
    trace.note("trusted", "is killed")
    for (_, task) in tasks.sorted(by: { $0.key < $1.key }) { task.cancel() }
  }

  // MARK: - Requests

  /// Answers a request, with the date that a server gives.
  ///
  /// - Parameters:
  ///   - request: The request as it arrived.
  ///   - answer: Called once: with `nil` when the server is down, or dies before it answers. It may be called while the
  ///     server is at work, so that nothing may go back to it at once.
  func answer(_ request: HTTPRequest, _ answer: @escaping @Sendable (HTTPResponse?) -> Void) {
    let answer = { @Sendable [clock] (response: HTTPResponse?) in
      var response = response
      response?.headers["Date"] = clock.now.httpDate
      answer(response)
    }
    if request.origin == Servers.trustedURL { return answerTrusted(request, answer) }
    guard let emulator else { return answer(nil) }
    var request = request
    request.headers["Host"] = String(request.host)
    if Emulator.isPush(request) {
      return emulator.push(request, now: clock.now) { answer($0) }
    }
    let give = { @Sendable [clock] (reply: EmulatorReply) in
      guard let disturbance = reply.disturbance else { return answer(reply.response) }
      // What a broken connection brings is nothing, however much of the answer came before.
      let isWhole = disturbance.ending == .whole
      clock.after(disturbance.delay) { answer(isWhole ? reply.response : nil) }
    }
    switch emulator.answer(to: request, now: clock.now) {
    case .now(let reply):
      sent.note(request, reply.response)
      give(reply)
    case .later(let reply):
      let number = state.withLock { state in
        state.lastOwed += 1
        state.owed[state.lastOwed] = answer
        return state.lastOwed
      }
      reply.whenGiven { [weak self, request] reply in
        self?.sent.note(request, reply.response)
        guard self?.state.withLock({ $0.owed.removeValue(forKey: number) }) != nil else { return }
        give(reply)
      }
    }
  }

  private func answerTrusted(
    _ request: HTTPRequest, _ answer: @escaping @Sendable (HTTPResponse?) -> Void
  ) {
    guard
      let (trusted, run) = state.withLock({ state in
        state.trusted.map { ($0, state.trustedRun) }
      })
    else { return answer(nil) }
    state.withLock { state in
      state.lastOwed += 1
      let number = state.lastOwed
      state.tasks[number] = Task(executorPreference: executor) {
        let reply = await trusted.respond(to: request)
        let isAlive = self.state.withLock { state in
          state.tasks[number] = nil
          return state.trustedRun == run
        }
        if case .response(let response) = reply, isAlive { answer(response) } else { answer(nil) }
      }
    }
  }

  private func commitSoon() {
    let run = state.withLock { state -> Int? in
      guard !state.isCommitting else { return nil }
      state.isCommitting = true
      return state.run
    }
    guard let run else { return }
    clock.after(diskTime) { [weak self] in self?.commit(run) }
  }

  private func commit(_ run: Int) {
    let emulator = state.withLock { state -> Emulator? in
      guard state.run == run else { return nil }
      state.isCommitting = false
      return state.emulator
    }
    emulator?.commit()
  }

  // MARK: - Sockets

  /// Opens a socket at the emulator.
  ///
  /// - Parameters:
  ///   - request: The request for it.
  ///   - outlet: Takes what comes over it, while the emulator is at work.
  /// - Returns: The emulator's number for it, and which run of the emulator.
  /// - Throws: `TransportError` when it is refused.
  func openSocket(
    _ request: HTTPRequest, _ outlet: @escaping @Sendable (SocketOutput) -> Void
  ) throws(TransportError) -> (id: Int, run: Int) {
    guard
      let (emulator, run) = state.withLock({ state in
        state.emulator.map { ($0, state.run) }
      })
    else { throw TransportError(.cannotConnect, "Nothing answers at \(request.origin).") }
    var request = request
    request.headers["Host"] = String(request.host)
    switch emulator.admitSocket(request, now: clock.now) {
    case nil: throw TransportError(.interrupted, "There is no such socket.", status: 404)
    case .refused(let reply):
      throw TransportError(
        .interrupted, "The socket is refused by \(reply.response.status).",
        status: reply.response.status)
    case .admitted(let ticket):
      let id = emulator.socketOpened(ticket, now: clock.now, outlet: outlet)
      state.withLock { $0.sockets[id] = outlet }
      return (id, run)
    }
  }

  func socketReceived(_ text: String, over peer: (id: Int, run: Int)) {
    running(peer.run)?.socketReceived(text, over: peer.id, now: clock.now)
  }

  func socketClosed(_ peer: (id: Int, run: Int)) {
    guard let emulator = running(peer.run) else { return }
    state.withLock { _ = $0.sockets.removeValue(forKey: peer.id) }
    emulator.socketClosed(peer.id, now: clock.now)
  }

  private func running(_ run: Int) -> Emulator? {
    state.withLock { $0.run == run ? $0.emulator : nil }
  }

  /// Asks the emulator's administration, as somebody at its side; the world's faults do not reach it.
  ///
  /// - Returns: `nil` while it is down.
  @discardableResult
  public func administer(_ method: String, _ path: String, _ body: String = "") -> HTTPResponse? {
    emulator?.administer(
      HTTPRequest(
        method: method, origin: Servers.endpoint, target: path,
        headers: ["Content-Type": "application/json", "Host": "127.0.0.1"], body: Array(body.utf8)),
      now: clock.now
    ).response
  }
}
