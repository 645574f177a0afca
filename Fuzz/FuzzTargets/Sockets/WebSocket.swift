import Services
import WebSocketFrames

extension FuzzTarget {
  /// The bytes of a WebSocket: both sides end in good order, and however the bytes are cut, the answer is the same.
  static let webSocket = FuzzTarget("websocket") { bytes in
    for side in [FramedConnection.Side.server, .client] {
      let stream = bytes + endOfControl
      let whole = try answer(of: side, to: [stream])
      try requireEqual(
        try answer(of: side, to: stream.map { [$0] }), whole, "a \(side)'s answer to single bytes")
    }
    let key = decoded(bytes)
    if WebSocketHandshake.isKey(key) {
      try requireEqual(WebSocketHandshake.accept(forKey: key).utf8.count, 28, "an accept")
    }
  }

  /// Ends the longest control frame that may have begun, and begins none: wslay looks closely at a reason that comes in
  /// pieces when all of it is there, and at one in a single piece at once.
  private static let endOfControl = [UInt8](repeating: 0, count: 2 + 4 + 125)

  /// What one side said.
  private struct Answer: Equatable {
    /// The first byte of each frame: its kind.
    ///
    /// What a close says is wslay's affair: it looks at a reason that comes in pieces less closely than at a whole one.
    var frames: [UInt8] = []
    var isFinished = false
  }

  private static func answer(
    of side: FramedConnection.Side, to pieces: [[UInt8]]
  ) throws -> Answer {
    let connection = FramedConnection(
      side: side, peer: "ws://fuzz", channel: MessageChannel { _ in })
    var output: [UInt8] = []
    for piece in pieces where !connection.isFinished {
      piece.withUnsafeBytes { connection.received($0) }
      connection.withOutput { bytes in
        output.append(contentsOf: bytes)
        return bytes.count
      }
      try require(!connection.hasOutput, "output that stays after all was written")
    }
    var answer = Answer(
      frames: try kinds(of: output, masked: side == .client), isFinished: connection.isFinished)
    // Once a close is due, wslay forgets the answers to pings that it has not written yet.
    if answer.isFinished { answer.frames = answer.frames.suffix(1) }
    connection.ended(nil)
    return answer
  }

  /// Answers are control frames, which are short.
  private static func kinds(of output: [UInt8], masked: Bool) throws -> [UInt8] {
    var kinds: [UInt8] = []
    var rest = output[...]
    while let kind = rest.popFirst() {
      guard let length = rest.popFirst() else { throw BrokenInvariant("half a frame") }
      try require((length >= 0x80) == masked, "a frame that is masked, or is not")
      let size = Int(length & 0x7F) + (masked ? 4 : 0)
      try require(length & 0x7F < 126 && size <= rest.count, "a frame that is cut")
      rest = rest.dropFirst(size)
      kinds.append(kind)
    }
    return kinds
  }
}
