import ACSWire

extension FuzzTarget {
  /// Frames of socket.io 0.9 and the events in them.
  static let socketFrames = FuzzTarget("socket-frames") { bytes in
    let frame: SocketFrame
    do {
      frame = try SocketFrame(text: decoded(bytes))
    } catch let error as WireError {
      try require(!error.message.isEmpty, "a refusal without words")
      return
    }
    try requireEqual(try SocketFrame(text: frame.text), frame, "a frame, written and read")
    _ = frame.acknowledged
    if let json = try? JSONValue.parse(frame.data) { try Model(SocketEvent.self).check(json) }
  }
}
