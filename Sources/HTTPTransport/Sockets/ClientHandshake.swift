import ACSTypes
import Services
import WebSocketFrames

/// The opening of a WebSocket from the client's side (RFC 6455, 4.1): bytes out, bytes in.
final class ClientHandshake {
  /// An answer's head may be this long.
  private static let maximumHead = 16 << 10

  private let outgoing: OutgoingRequest
  private let key = WebSocketHandshake.newKey()
  /// What has not been written of the request.
  private(set) var output: ArraySlice<UInt8>
  private var answer: [UInt8] = []

  init(_ outgoing: OutgoingRequest) {
    self.outgoing = outgoing
    let own = ["host", "upgrade", "connection", "sec-websocket-key", "sec-websocket-version"]
    var lines = [
      "GET \(outgoing.request.target) HTTP/1.1", "Host: \(outgoing.origin.hostField)",
      "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: \(key)",
    ]
    for field in outgoing.request.headers.fields where !own.contains(field.name.lowercased()) {
      lines.append("\(field.name): \(field.value)")
    }
    output = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)[...]
  }

  /// Whether the request is not wholly written.
  var hasOutput: Bool { !output.isEmpty }

  /// The socket took the first `count` bytes of ``output``.
  func wrote(_ count: Int) {
    output = output.dropFirst(count)
  }

  /// Reads a piece of the answer.
  ///
  /// - Returns: The bytes behind the answer's head once it is whole; `nil` before.
  /// - Throws: `.interrupted` when the server does not open a WebSocket.
  func received(_ bytes: UnsafeRawBufferPointer) throws(TransportError) -> [UInt8]? {
    answer.append(contentsOf: bytes)
    guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
      guard answer.count <= ClientHandshake.maximumHead else {
        throw refusal("its answer has no end")
      }
      return nil
    }
    let lines = answer[..<end.lowerBound].split(separator: UInt8(ascii: "\n"))
    try checkStatus(String(decoding: lines.first ?? [], as: UTF8.self))
    var headers = HTTPHeaders()
    for line in lines.dropFirst() {
      guard let field = HeaderLine(line) else { continue }
      headers.append(name: field.name, value: field.value)
    }
    guard headers["Upgrade"]?.lowercased() == "websocket" else {
      throw refusal("its answer names no WebSocket")
    }
    guard headers["Sec-WebSocket-Accept"] == WebSocketHandshake.accept(forKey: key) else {
      throw refusal("its answer does not fit the key that was sent")
    }
    return Array(answer[end.upperBound...])
  }

  private func checkStatus(_ line: String) throws(TransportError) {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), let status = Int(parts[1]) else {
      throw refusal("its answer is not HTTP")
    }
    guard status == 101 else {
      throw refusal("the server answered with status \(status)", status: status)
    }
  }

  private func refusal(_ reason: String, status: Int? = nil) -> TransportError {
    TransportError(
      .interrupted, "\(outgoing.name) opened no WebSocket: \(reason).", status: status)
  }
}
