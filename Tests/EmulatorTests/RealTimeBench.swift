import ACSTypes
import ACSWire
import ServiceAuth
import Synchronization
import Services
import TestKit
import Testing

@testable import Emulator

/// A client of real-time events at a bench, without a network.
final class EventClient {
  /// What came over a socket.
  final class Inbox: Sendable {
    private let state = Mutex((texts: [String](), isClosed: false, isDropped: false))

    func take(_ output: SocketOutput) {
      state.withLock { state in
        switch output {
        case .text(let text): state.texts.append(text)
        case .close: state.isClosed = true
        case .drop: state.isDropped = true
        }
      }
    }

    /// What came since the last look.
    var fresh: [String] {
      state.withLock { state in
        defer { state.texts = [] }
        return state.texts
      }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    var isDropped: Bool { state.withLock { $0.isDropped } }
  }

  let bench: Bench
  let user: User
  let epid: String
  var inbox = Inbox()
  var socket = 0
  var connection: TrouterConnection?

  init(_ bench: Bench, _ user: User, epid: String = "e") {
    self.bench = bench
    self.user = user
    self.epid = epid
  }

  /// A request with the token in these endpoints' own header.
  @discardableResult
  func send(_ method: String, _ target: String, _ body: JSONValue? = nil) -> HTTPResponse {
    bench.send(
      bench.request(
        method, target, body, version: nil, headers: ["X-Skypetoken": user.token.reveal()]))
  }

  /// Connects in two steps; with `again` by what the last answer of the first one brought.
  func connect(again: Bool = false) throws {
    if !again {
      connection = try TrouterConnection(bytes: send("POST", "/v4/a?epid=\(epid)").body)
    }
    let parameters = try #require(connection).connectParameters
    let query = parameters.map { "\($0.key)=\($0.value.percentEncoded)" }.joined(separator: "&")
    let answer = send("GET", "/socket.io/1/?v=v4&\(query)").text
    let session = try #require(answer.split(separator: ":").first)
    try open("/socket.io/1/websocket/\(session)")
  }

  /// Opens a socket.
  func open(_ target: String) throws {
    let request = bench.request("GET", target, version: nil)
    guard case .admitted(let ticket) = bench.emulator.admitSocket(request, now: bench.clock.now)
    else {
      Issue.record("\(target) was not admitted")
      return
    }
    inbox = Inbox()
    socket = bench.emulator.socketOpened(ticket, now: bench.clock.now) { [inbox] in
      inbox.take($0)
    }
  }

  func close() { bench.emulator.socketClosed(socket, now: bench.clock.now) }

  func say(_ text: String) {
    bench.emulator.socketReceived(text, over: socket, now: bench.clock.now)
  }

  /// Registers for the events.
  @discardableResult
  func register(_ id: String = "r", ttl: Int = 3600, version: String = "v3") throws -> HTTPResponse
  {
    let surl = try #require(connection).surl
    return send(
      "POST", "/registrar/prod/\(version)/registrations",
      RegistrationRequest(
        registrationID: id, clientDescription: ["appId": "AcsWeb"],
        transports: ["TROUTER": [RegistrationRequest.Transport(path: surl, ttl: ttl)]]
      ).json)
  }

  /// The requests that came, in their order.
  func requests() throws -> [TunnelledRequest] {
    try inbox.fresh.map { try SocketFrame(text: $0) }.filter { $0.kind == .message }
      .map { try TunnelledRequest(text: $0.data) }
  }

  /// The bodies of the events that came, each of which is answered.
  func events() throws -> [JSONValue] {
    try requests().map { request in
      say("3:::\(TunnelledResponse(id: request.id).json.text)")
      return try JSONValue.parse(request.body)
    }
  }

  /// The numbers of the events that came.
  func eventIDs() throws -> [Int64] { try events().compactMap { $0["eventId"]?.integer } }
}

extension Bench {
  /// Somebody who is connected and registered.
  func listener(_ user: User, epid: String = "e") throws -> EventClient {
    let client = EventClient(self, user, epid: epid)
    try client.connect()
    #expect(try client.register().status == 202)
    _ = client.inbox.fresh
    return client
  }

  /// Moves the clock and does what is due.
  func wait(_ span: Duration) {
    clock.advance(by: span)
    _ = emulator.tick(now: clock.now)
  }
}
