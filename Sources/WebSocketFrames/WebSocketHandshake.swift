import FoundationEssentials

/// The key that opens a WebSocket, and the answer that proves the server understood (RFC 6455, 4).
public enum WebSocketHandshake {
  /// A fresh value for `Sec-WebSocket-Key`: 16 random bytes.
  public static func newKey() -> String {
    var generator = SystemRandomNumberGenerator()
    return Data((0..<16).map { _ in generator.next() as UInt8 }).base64EncodedString()
  }

  /// What `Sec-WebSocket-Accept` must be for `key`.
  public static func accept(forKey key: String) -> String {
    let text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    return Data(sha1(Array(text.utf8))).base64EncodedString()
  }

  /// Whether `key` is 16 bytes in Base64.
  public static func isKey(_ key: String) -> Bool {
    Data(base64Encoded: key)?.count == 16
  }
}
