import ACSTypes
import Executor
import ScriptKit
import Services
import Synchronization

/// Somebody's network to real services: what a script lets go wrong goes wrong on it, and what is asked is written down.
final class FaultyNetwork: HTTPExchange, MessageSocketConnector {
  private struct State {
    var faults: [FaultRule] = []
    var log = RequestLog()
    /// Requests whose answers are waited for, those that wait for events aside.
    var waiting = 0
    var firstAnswers: [String: HTTPResponse] = [:]
    var sockets: [Int: FaultySocket] = [:]
    var lastSocket = 0
  }

  let name: String
  private let exchange: any HTTPExchange
  private let connector: any MessageSocketConnector
  private let clock = SystemClock()
  private let timer = SystemTimer()
  private let state = Mutex(State())

  /// The network of `name` over another one on which nothing goes wrong.
  init(name: String, exchange: any HTTPExchange, connector: any MessageSocketConnector) {
    self.name = name
    self.exchange = exchange
    self.connector = connector
  }

  var log: RequestLog { state.withLock { $0.log } }

  /// Forgets what was asked so far.
  func clearLog() { state.withLock { $0.log.clear() } }

  /// True while no answer is waited for.
  var isQuiet: Bool { state.withLock { $0.waiting == 0 } }

  func add(_ fault: FaultRule) {
    state.withLock { $0.faults.append(fault) }
    guard fault.people.isEmpty || fault.people.contains(name), fault.method == nil,
      fault.target == .events || fault.target == .network
    else { return }
    let sockets = state.withLock { Array($0.sockets.values) }
    if fault.effect == .fallsSilent {
      for socket in sockets { socket.fallSilent() }
    } else if fault.effect.keepsSocketsShut {
      for socket in sockets { socket.break() }
    }
  }

  func clearFaults() { state.withLock { $0.faults = [] } }

  // MARK: - Requests

  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    let kind = "\(request.method) \(request.path)"
    let now = clock.now
    let (fault, number, old) = state.withLock { state in
      state.waiting += 1
      return (
        state.faults.strike(request, of: name, at: now), state.log.add(request, at: now),
        state.firstAnswers[kind]
      )
    }
    defer { state.withLock { $0.waiting -= 1 } }
    let response = try await answer(request, fault, old)
    state.withLock { state in
      state.log.answered(number, with: response.status)
      if fault == nil, response.status == 200, state.firstAnswers.count < 200,
        state.firstAnswers[kind] == nil
      {
        state.firstAnswers[kind] = response
      }
    }
    return response
  }

  private func answer(
    _ request: HTTPRequest, _ fault: FaultRule.Effect?, _ old: HTTPResponse?
  ) async throws -> HTTPResponse {
    switch fault {
    case nil, .fallsSilent: return try await exchange.exchange(request)
    case .answers(let status, let retryAfter):
      var response = HTTPResponse(status: status)
      if let retryAfter { response.headers["Retry-After"] = String(retryAfter.components.seconds) }
      return response
    case .isDown:
      throw TransportError(.cannotConnect, "Nothing answers at \(request.origin).")
    case .isSlow(let delay):
      guard delay < request.timeout else { return try await silence(request) }
      try await timer.wait(delay)
      return try await exchange.exchange(request)
    case .losesRequests: return try await silence(request)
    case .losesAnswers:
      _ = try await exchange.exchange(request)
      return try await silence(request)
    case .resets:
      _ = try await exchange.exchange(request)
      throw TransportError(.interrupted, "The connection broke.")
    case .duplicates:
      _ = try await exchange.exchange(request)
      return try await exchange.exchange(request)
    case .repeatsOldAnswers:
      if let old { return old }
      return try await exchange.exchange(request)
    }
  }

  private func silence(_ request: HTTPRequest) async throws -> HTTPResponse {
    try await timer.wait(request.timeout)
    throw TransportError(.timedOut, "No answer came within \(request.timeout).")
  }

  // MARK: - Sockets

  func connect(_ request: HTTPRequest) async throws -> any MessageSocket {
    let now = clock.now
    let fault = state.withLock { $0.faults.strike(request, of: name, at: now) }
    guard fault?.keepsSocketsShut != true else {
      throw TransportError(.cannotConnect, "Nothing answers at \(request.origin).")
    }
    let socket = FaultySocket(try await connector.connect(request))
    if fault == .fallsSilent { socket.fallSilent() }
    state.withLock { state in
      state.lastSocket += 1
      state.sockets[state.lastSocket] = socket
      state.sockets = state.sockets.filter { !$0.value.isOver }
    }
    return socket
  }
}
