import ACSTypes
import ACSWire
import Emulator
import Synchronization

extension FuzzTarget {
  /// A socket of real-time events: each line of the input is a text of the client.
  ///
  /// `!w 60` waits, `!m` lets somebody send a message to the client's thread, `!o` opens the socket anew.
  static let realTime = FuzzTarget("real-time") { bytes in
    let client = RealTimeClient(try Town())
    try client.connect()
    var input = Input(bytes)
    var steps = 0
    while steps < 64, let line = input.line() {
      try client.play(line)
      steps += 1
    }
    try client.finish()
  }
}

/// A client of real-time events whose every word comes from an input.
private final class RealTimeClient {
  /// What the emulator sent, in order.
  private final class Sent: Sendable {
    private let state = Mutex<[String]>([])

    var texts: [String] { state.withLock { $0 } }

    func take(_ output: SocketOutput) {
      guard case .text(let text) = output else { return }
      state.withLock { $0.append(text) }
    }
  }

  private let town: Town
  private var socket = 0
  private let sent = Sent()
  private var thread = ""
  private var connection: TrouterConnection?

  init(_ town: Town) { self.town = town }

  /// Goes the whole way of a real client, up to a registration for the events of a thread.
  func connect() throws {
    let made = ask("POST", "/chat/threads?api-version=2024-03-07", #"{"topic":"Boats"}"#)
    thread = try CreateChatThreadResult(bytes: made.body).chatThread?.id ?? ""
    let connection = try TrouterConnection(bytes: ask("POST", "/v4/a?epid=e").body)
    self.connection = connection
    try open()
    let registration = RegistrationRequest(
      registrationID: "r", clientDescription: [:],
      transports: ["TROUTER": [RegistrationRequest.Transport(path: connection.surl, ttl: 3600)]])
    let answer = ask("POST", "/registrar/prod/v3/registrations", registration.json.text)
    try requireEqual(answer.status, 202, "the registration")
  }

  func play(_ line: String) throws {
    guard line.hasPrefix("!") else {
      return town.emulator.socketReceived(line, over: socket, now: town.now)
    }
    let rest = line.dropFirst(2).drop { $0 == " " }
    switch line.dropFirst().first {
    case "w":
      town.now = town.now + .seconds(min(max(Int64(rest) ?? 1, 0), 86_400))
      _ = town.emulator.tick(now: town.now)
    case "m":
      let body: JSONValue = ["content": .string(String(rest))]
      let target = "/chat/threads/\(thread.percentEncoded)/messages?api-version=2024-03-07"
      let status = ask("POST", target, body.text).status
      // After a day the token is over.
      try require(status == 201 || status == 401, "a message: \(status)")
    case "o":
      town.emulator.socketClosed(socket, now: town.now)
      try open()
    default: break
    }
  }

  /// Whatever was sent is a frame that can be read, and the emulator still serves.
  func finish() throws {
    for text in sent.texts {
      guard let frame = try? SocketFrame(text: text) else {
        throw BrokenInvariant("the emulator sent no frame: \(text)")
      }
      if frame.kind == .message, (try? TunnelledRequest(text: frame.data)) == nil {
        throw BrokenInvariant("the emulator sent no request: \(text)")
      }
    }
    town.emulator.socketClosed(socket, now: town.now)
    try requireEqual(ask("GET", "/").status, 200, "the answer afterwards")
  }

  private func open() throws {
    let parameters = connection?.connectParameters ?? [:]
    let query = parameters.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value.percentEncoded)" }.joined(separator: "&")
    // Once the flow is over there is nothing to open.
    let answer = ask("GET", "/socket.io/1/?v=v4&\(query)")
    guard answer.isSuccess, let session = answer.text.split(separator: ":").first else { return }
    let request = HTTPRequest(
      method: "GET", origin: Town.origin, target: "/socket.io/1/websocket/\(session)")
    guard case .admitted(let ticket) = town.emulator.admitSocket(request, now: town.now) else {
      throw BrokenInvariant("a fresh session was not admitted")
    }
    socket = town.emulator.socketOpened(ticket, now: town.now) { [sent] in sent.take($0) }
  }

  @discardableResult
  private func ask(_ method: String, _ target: String, _ body: String = "") -> HTTPResponse {
    let request = HTTPRequest(
      method: method, origin: Town.origin, target: target, body: Array(body.utf8))
    return town.emulator.respond(to: town.authorised(request, as: "a"), now: town.now).response
  }
}
