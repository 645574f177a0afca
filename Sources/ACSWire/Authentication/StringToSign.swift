public import ACSTypes

/// The text that an access key signs (WIRE 1.2); the signature itself is made elsewhere.
public struct StringToSign: Hashable, Sendable {
  /// The text, to be signed as UTF-8.
  public let text: String

  /// The value of `SignedHeaders` in the `Authorization` header.
  public static let signedHeaders = "x-ms-date;host;x-ms-content-sha256"

  /// The content hash of an empty body.
  public static let emptyContentHash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

  /// From its parts.
  ///
  /// - Parameters:
  ///   - method: The verb, in upper case.
  ///   - target: Path and query exactly as on the request line.
  ///   - date: The value of `x-ms-date`.
  ///   - host: Host, with the port when it is not the scheme's own.
  ///   - contentHash: The value of `x-ms-content-sha256`: the body's SHA-256 in Base64.
  public init(method: String, target: String, date: String, host: String, contentHash: String) {
    text = "\(method)\n\(target)\n\(date);\(host);\(contentHash)"
  }

  /// For a request as it is about to be sent, or as it arrived.
  public init(_ request: HTTPRequest, date: String, contentHash: String) {
    self.init(
      method: request.method, target: request.target, date: date, host: String(request.host),
      contentHash: contentHash)
  }
}
