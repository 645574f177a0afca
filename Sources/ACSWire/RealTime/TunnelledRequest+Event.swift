#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The event that a tunnelled request brings (REALTIME 2, 4.4).
extension TunnelledRequest {
  /// Reads the body, compressed or nested as the service has it at times.
  ///
  /// - Throws: ``WireError`` when it is no event.
  public func event() throws(WireError) -> RealTimeEvent {
    let encoding = headers.first { name, _ in
      name.lowercased() == "x-microsoft-skype-content-encoding"
    }
    let json: JSONValue
    if encoding?.value.lowercased() == "gzip" {
      json = try JSONValue.parse(try GZipText.bytes(try base64(body)))
    } else {
      json = try JSONValue.parse(body)
    }
    if json["eventId"] == nil {
      if let text = json["cp"]?.string {
        return try RealTimeEvent(bytes: try GZipText.bytes(try base64(text)))
      }
      if let text = json["gp"]?.string { return try RealTimeEvent(bytes: try base64(text)) }
    }
    return try RealTimeEvent(json: json)
  }

  private func base64(_ text: String) throws(WireError) -> [UInt8] {
    guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
      throw WireError(.badValue, "This should be Base64.")
    }
    return Array(data)
  }
}
