import ACSTypes
import ACSWire
import Services
import Testing

@testable import TrustedService

/// A terminal at the gateway: sends commands, and waits for signals in their order.
final class Terminal: Sendable {
  private final class Socket: MessageSocket {
    let toGateway: AsyncStream<String>
    let fromTerminal: AsyncStream<String>.Continuation
    let toTerminal: AsyncStream<String>.Continuation

    init(toTerminal: AsyncStream<String>.Continuation) {
      (toGateway, fromTerminal) = AsyncStream.makeStream()
      self.toTerminal = toTerminal
    }

    func send(_ text: String) async throws { toTerminal.yield(text) }
    func receive() async throws -> String? {
      var iterator = toGateway.makeAsyncIterator()
      return await iterator.next()
    }
    func close() async { toTerminal.finish() }
  }

  private let socket: Socket
  private let signals: AsyncStream<String>
  private let serving: Task<Void, Never>

  /// Connects with a token.
  ///
  /// - Throws: The gateway's refusal.
  init(_ town: Town, _ grant: Grant) async throws {
    let request = HTTPRequest(
      method: "GET", origin: Town.publicURL, target: "/gateway",
      headers: ["Authorization": "Bearer \(grant.token.reveal())"])
    let (signals, continuation) = AsyncStream.makeStream(of: String.self)
    let socket = Socket(toTerminal: continuation)
    self.socket = socket
    self.signals = signals
    switch await town.service.respond(to: request) {
    case .response(let response): throw Refusal(response: response)
    case .gateway(let serve): serving = Task { await serve(socket) }
    }
  }

  deinit {
    socket.fromTerminal.finish()
  }

  /// The gateway did not take the terminal.
  struct Refusal: Error {
    var response: HTTPResponse
  }

  func send(_ command: CallCommand) {
    socket.fromTerminal.yield(command.json.text)
  }

  func send(text: String) {
    socket.fromTerminal.yield(text)
  }

  /// The next signal.
  func next() async throws -> CallSignal {
    var iterator = signals.makeAsyncIterator()
    let text = try #require(await iterator.next(), "the gateway closed")
    return try CallSignal(text: text)
  }

  /// The next signal that is no roster.
  func nextButRosters() async throws -> CallSignal {
    while true {
      let signal = try await next()
      if case .roster = signal { continue }
      return signal
    }
  }

  /// Goes away and waits until the gateway has noticed.
  func leave() async {
    socket.fromTerminal.finish()
    await serving.value
  }
}
