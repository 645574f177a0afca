public import ACSTypes
public import Services
import Synchronization

/// The network between one party and the servers, in memory: it takes time, and it fails as its ``weather`` says.
///
/// What was sent is on its way: cancelling a request ends the waiting, not the request.
public final class Passage: HTTPExchange {
  private struct State {
    var weather = Weather()
    var lastNumber = 0
    /// Those who wait for answers.
    var waiting: [Int: CheckedContinuation<HTTPResponse, any Error>] = [:]
    var sockets: [Int: PassageSocket] = [:]
    var tamper: Tamper?
    /// What goes wrong besides the weather; the last one that fits strikes.
    var faults: [FaultRule] = []
    var log: RequestLog?
    var logged: [Int: Int] = [:]
    /// The first good answers, by method and path; kept while requests are written down.
    var firstAnswers: [String: HTTPResponse] = [:]
    /// Counts who was given a line; those before have none any more.
    var lines = 0
  }

  /// Changes answers on their way.
  public typealias Tamper = @Sendable (HTTPRequest, HTTPResponse) -> HTTPResponse

  /// Whose network it is.
  public let name: String
  let clock: VirtualClock
  let servers: Servers
  let trace: Trace
  let dice: Dice
  private let state = Mutex(State())
  /// Its weather while nothing goes wrong.
  public let clearDay: Weather

  /// The network of `name` to `servers`, one way of which takes `latency` on a clear day.
  public init(
    name: String, servers: Servers, clock: VirtualClock, trace: Trace, dice: Dice,
    latency: ClosedRange<Duration> = WorldPace.usual.network
  ) {
    self.name = name
    self.servers = servers
    self.clock = clock
    self.trace = trace
    self.dice = dice
    var clearDay = Weather()
    clearDay.latency = latency
    self.clearDay = clearDay
    state.withLock { $0.weather = clearDay }
  }

  /// What goes wrong from now on.
  public var weather: Weather {
    get { state.withLock { $0.weather } }
    set { state.withLock { $0.weather = newValue } }
  }

  /// Changes answers on their way from now on: a world with a defect, to see that it is found.
  public var tamper: Tamper? {
    get { state.withLock { $0.tamper } }
    set { state.withLock { $0.tamper = newValue } }
  }

  /// True while requests are written down.
  public var keepsLog: Bool {
    get { state.withLock { $0.log != nil } }
    set {
      state.withLock { state in
        state.log = newValue ? state.log ?? RequestLog() : nil
        if !newValue { state.logged = [:] }
      }
    }
  }

  /// The requests that were written down.
  public var log: RequestLog { state.withLock { $0.log } ?? RequestLog() }

  /// What goes wrong besides the weather; of two for a request the later one strikes.
  public var faults: [FaultRule] {
    get { state.withLock { $0.faults } }
    set { state.withLock { $0.faults = newValue } }
  }

  /// How many requests and sockets are open.
  public var openCount: Int { state.withLock { $0.waiting.count + $0.sockets.count } }

  /// Sends a request on its way and waits for its answer, no longer than it allows.
  public func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    let number = nextNumber()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { $0.waiting[number] = continuation }
        if Task.isCancelled {
          fail(number, .cancelled, "The request was given up.")
        } else {
          send(request, number)
        }
      }
    } onCancel: {
      fail(number, .cancelled, "The request was given up.")
    }
  }

  /// The network as one run of a program has it; that of every earlier run is dead, with what was open.
  public func line() -> Line {
    Line(
      passage: self,
      number: state.withLock { state in
        state.lines += 1
        return state.lines
      })
  }

  /// Ends the line that is in use: requests and sockets break, and its program sends nothing any more.
  public func hangUp() {
    state.withLock { $0.lines += 1 }
    cutSockets()
  }

  /// The network of one run of a program.
  public struct Line: HTTPExchange, MessageSocketConnector {
    fileprivate let passage: Passage
    fileprivate let number: Int

    /// Sends a request, unless the program was killed.
    public func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
      try mustLive()
      return try await passage.exchange(request)
    }

    /// Opens a socket, unless the program was killed.
    public func connect(_ request: HTTPRequest) async throws -> any MessageSocket {
      try mustLive()
      return try await passage.connect(request)
    }

    private func mustLive() throws {
      guard passage.state.withLock({ $0.lines == number }) else {
        throw TransportError(.cancelled, "The program was killed.")
      }
    }
  }

  func nextNumber() -> Int {
    state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
  }

  /// What becomes of a request, by the weather at this moment.
  private func send(_ request: HTTPRequest, _ number: Int) {
    let (now, order) = (clock.now, trace.count)
    let fault = state.withLock { state -> FaultRule.Effect? in
      if let log = state.log?.add(request, at: now, order: order) { state.logged[number] = log }
      return state.faults.strike(request, of: name, at: now)
    }
    let fate =
      fault.map { fault in
        Fate(fault, old: state.withLock { $0.firstAnswers[Passage.kind(of: request)] })
      } ?? Fate(weather, dice)
    trace.note(name, "#\(number) \(request.method) \(request.target) \(fate)")
    clock.after(request.timeout) { [weak self] in
      self?.fail(number, .timedOut, "No answer came within \(request.timeout).")
    }
    switch fate {
    case .offline:
      later { $0.fail(number, .cannotConnect, "Nothing answers at \(request.origin).") }
    case .lostRequest: break
    case .brokenBefore:
      later { $0.fail(number, .interrupted, "The connection broke.") }
    case .refused(let response):
      later { $0.give(response, number) }
    case .delivered(let delay, let isTwice, let end):
      deliver(request, number, after: delay, end)
      if isTwice { deliver(request, number, after: delay + dice.time(in: weather.latency), end) }
    }
  }

  private func deliver(
    _ request: HTTPRequest, _ number: Int, after delay: Duration, _ end: Fate.End
  ) {
    clock.after(delay + dice.time(in: weather.latency)) { [self] in
      servers.answer(request) { [weak self] response in
        guard let self else { return }
        let tamper = tamper
        if let response, response.status == 200 { keep(response, for: request) }
        bring(response.map { tamper?(request, $0) ?? $0 }, number, end)
      }
    }
  }

  private static func kind(of request: HTTPRequest) -> String {
    "\(request.method) \(request.path)"
  }

  private func keep(_ response: HTTPResponse, for request: HTTPRequest) {
    let kind = Passage.kind(of: request)
    state.withLock { state in
      guard state.log != nil, state.firstAnswers.count < 200, state.firstAnswers[kind] == nil
      else { return }
      state.firstAnswers[kind] = response
    }
  }

  /// Brings what a server answered back; it may be called while the server is at work.
  private func bring(_ response: HTTPResponse?, _ number: Int, _ end: Fate.End) {
    later { passage in
      switch (response, end) {
      case (nil, _), (_, .broken):
        passage.fail(number, .interrupted, "The connection broke.")
      case (_, .lost): break
      case (_?, .failing(let status)): passage.give(HTTPResponse(status: status), number)
      case (let response?, .whole): passage.give(response, number)
      }
    }
  }

  private func later(_ body: @escaping @Sendable (Passage) -> Void) {
    clock.after(dice.time(in: weather.latency)) { [weak self] in
      if let self { body(self) }
    }
  }

  private func give(_ response: HTTPResponse, _ number: Int) {
    guard let continuation = state.withLock({ $0.waiting.removeValue(forKey: number) }) else {
      return
    }
    if weather.isOffline {
      // It is lost on its last stretch; nobody tells.
      state.withLock { $0.waiting[number] = continuation }
      return
    }
    trace.note(name, "#\(number) is answered \(response.status)")
    state.withLock { state in
      if let log = state.logged.removeValue(forKey: number) {
        state.log?.answered(log, with: response.status)
      }
    }
    continuation.resume(returning: response)
  }

  private func fail(_ number: Int, _ code: TransportError.Code, _ message: String) {
    guard let continuation = state.withLock({ $0.waiting.removeValue(forKey: number) }) else {
      return
    }
    trace.note(name, "#\(number) fails, \(code)")
    state.withLock { _ = $0.logged.removeValue(forKey: number) }
    continuation.resume(throwing: TransportError(code, message))
  }
}

// MARK: - Sockets

extension Passage: MessageSocketConnector {
  /// Opens a socket to the emulator.
  public func connect(_ request: HTTPRequest) async throws -> any MessageSocket {
    let socket = PassageSocket(self, number: nextNumber())
    trace.note(name, "socket \(socket.number) to \(request.path)")
    try await clock.wait(dice.time(in: weather.latency))
    let (weather, isBroken) = (weather, dice.strikes(weather.broken))
    let now = clock.now
    let fault = state.withLock { $0.faults.strike(request, of: name, at: now) }
    guard !weather.isOffline, !isBroken, fault?.keepsSocketsShut != true else {
      throw TransportError(.cannotConnect, "Nothing answers at \(request.origin).")
    }
    try socket.open(request)
    state.withLock { $0.sockets[socket.number] = socket }
    do {
      try await clock.wait(dice.time(in: weather.latency))
    } catch {
      await socket.drop()
      throw error
    }
    return socket
  }

  func forget(_ socket: PassageSocket) {
    state.withLock { _ = $0.sockets.removeValue(forKey: socket.number) }
  }

  /// Breaks all sockets, which both ends are told.
  public func cutSockets() {
    for socket in openSockets { socket.break() }
  }

  /// Lets nothing pass through the sockets that are open now, for ever, which nobody is told.
  public func silenceSockets() {
    for socket in openSockets { socket.fallSilent() }
  }

  private var openSockets: [PassageSocket] {
    state.withLock { state in
      state.sockets.values.sorted { $0.number < $1.number }
    }
  }
}
