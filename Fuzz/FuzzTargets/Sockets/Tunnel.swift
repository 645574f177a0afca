import ACSWire

extension FuzzTarget {
  /// Requests through the real-time socket, and the responses to them.
  static let tunnel = FuzzTarget("tunnel") { bytes in
    guard let json = try? JSONValue.parse(decoded(bytes)) else { return }
    try Model(TunnelledRequest.self).check(json)
    try Model(TunnelledResponse.self).check(json)
  }
}
