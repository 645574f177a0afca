/// One frame of the real-time socket: `type:id[+]:endpoint:data`, as socket.io 0.9 writes them (REALTIME 4.3).
public struct SocketFrame: Hashable, Sendable {
  /// What a frame is for; the raw value stands at its beginning.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// The sender goes away.
    case disconnect = 0
    /// The connection is made.
    case connect = 1
    /// The sender is alive.
    case heartbeat = 2
    /// A tunnelled request, or the response to one.
    case message = 3
    /// JSON; nobody sends it here.
    case json = 4
    /// A named event with arguments.
    case event = 5
    /// An event's acknowledgement.
    case acknowledgement = 6
    /// Why the sender refuses: `reason+advice`.
    case error = 7
    /// Nothing.
    case nothing = 8
  }

  /// The frame's kind.
  public var kind: Kind
  /// The sender's number for the frame; an answer to it names it.
  public var id: Int?
  /// True when the sender wants an acknowledgement with data: the `+` after the id.
  public var wantsAcknowledgement: Bool
  /// The channel within the socket; empty everywhere but in socket.io itself.
  public var endpoint: String
  /// What it carries; empty when nothing.
  public var data: String

  /// A frame by its parts.
  public init(
    _ kind: Kind, id: Int? = nil, wantsAcknowledgement: Bool = false, endpoint: String = "",
    data: String = ""
  ) {
    self.kind = kind
    self.id = id
    self.wantsAcknowledgement = wantsAcknowledgement
    self.endpoint = endpoint
    self.data = data
  }

  /// Reads a frame.
  ///
  /// Trailing parts may be absent: `0` and `2::` are whole frames. Everything after the third colon is data.
  ///
  /// - Throws: ``WireError`` with code `.badValue` for an unknown kind or an id that is no number of at most nine digits.
  public init(text: String) throws(WireError) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts[0].count == 1, let digit = parts[0].first, let kind = Kind(rawValue: digit &- 48)
    else {
      throw WireError(.badValue, "A frame begins with a digit from 0 to 8.")
    }
    var number = parts.count > 1 ? parts[1] : parts[0][parts[0].endIndex...]
    let wants = number.last == UInt8(ascii: "+")
    if wants { number = number.dropLast() }
    var id: Int?
    if !number.isEmpty {
      guard number.count <= 9, number.allSatisfy({ $0 &- 48 < 10 }) else {
        throw WireError(.badValue, "A frame's id is a number of at most nine digits.")
      }
      id = number.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
    self.init(
      kind, id: id, wantsAcknowledgement: wants,
      endpoint: parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : "",
      data: parts.count > 3 ? String(decoding: parts[3], as: UTF8.self) : "")
  }

  /// The frame as it travels; one with neither id nor data ends with the colon after its endpoint.
  public var text: String {
    let head =
      "\(kind.rawValue):\(id.map(String.init) ?? "")\(wantsAcknowledgement ? "+" : ""):\(endpoint)"
    return data.isEmpty && id == nil ? head : "\(head):\(data)"
  }
}

extension SocketFrame {
  /// The answer `6:::N+[…]` to the event `5:N+::`.
  public static func acknowledgement(of id: Int, _ arguments: [JSONValue]) -> SocketFrame {
    SocketFrame(.acknowledgement, data: "\(id)+\(JSONValue.array(arguments).text)")
  }

  /// The number of the frame that an acknowledgement answers, in either form: `6:::N+[…]` or `6:N::`.
  ///
  /// `nil` for other frames and for acknowledgements of nothing.
  public var acknowledged: Int? {
    guard kind == .acknowledgement else { return nil }
    return id ?? Int(data.prefix { $0.isNumber }.prefix(9))
  }
}
