/// What the handshake of socket.io 0.9 answers: `session:heartbeat:close:transports` (REALTIME 4.1).
public struct SocketSession: Hashable, Sendable {
  /// The right to open one socket, soon.
  public var id: String
  /// Who is silent for so long is taken for gone; `nil` for never.
  public var heartbeat: Duration?
  /// How long the service waits for a socket that closes; `nil` for never.
  public var closing: Duration?
  /// What the service speaks: `websocket` among them.
  public var transports: [String]

  /// A session.
  public init(id: String, heartbeat: Duration?, closing: Duration?, transports: [String]) {
    self.id = id
    self.heartbeat = heartbeat
    self.closing = closing
    self.transports = transports
  }

  /// Reads the answer.
  ///
  /// - Throws: ``WireError`` with code `.badValue` when it has not four parts, or other than whole seconds among them.
  public init(text: String) throws(WireError) {
    let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, !parts[0].isEmpty else {
      throw WireError(.badValue, "A handshake has a session, two times and transports.")
    }
    func seconds(_ part: Substring) throws(WireError) -> Duration? {
      if part.isEmpty { return nil }
      guard part.utf8.count <= 6, let number = UInt32(part) else {
        throw WireError(.badValue, "The times of a handshake are whole seconds.")
      }
      return .seconds(Int64(number))
    }
    id = String(parts[0])
    heartbeat = try seconds(parts[1])
    closing = try seconds(parts[2])
    transports = parts[3].split(separator: ",").map(String.init)
  }

  /// The answer.
  public var text: String {
    func seconds(_ time: Duration?) -> String { time.map { "\($0.components.seconds)" } ?? "" }
    return "\(id):\(seconds(heartbeat)):\(seconds(closing)):\(transports.joined(separator: ","))"
  }
}
