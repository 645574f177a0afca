public import ACSTypes
public import Services

/// An access key of an ACS resource: the bytes that sign requests.
public struct AccessKey: Hashable, Sendable {
  /// The key as the portal shows it and connection strings hold it.
  public let base64: Secret
  private let secretBytes: SecretBytes

  /// Reads a key.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badKey` when the text is no Base64 or empty.
  public init(base64 text: String) throws(ServiceAuthError) {
    guard let bytes = [UInt8](base64: text), !bytes.isEmpty else {
      throw ServiceAuthError(
        .badKey,
        "The access key is not Base64. Copy it whole, with the = signs at its end, from the "
          + "resource's Keys page.")
    }
    base64 = Secret(text)
    secretBytes = SecretBytes(bytes: bytes)
  }

  /// Makes a key of 64 bytes.
  public init(random: some RandomSource) {
    var bytes: [UInt8] = []
    for _ in 0..<8 {
      withUnsafeBytes(of: random.next().bigEndian) { bytes.append(contentsOf: $0) }
    }
    base64 = Secret(bytes.base64)
    secretBytes = SecretBytes(bytes: bytes)
  }

  /// The HMAC-SHA256 of `text`.
  func signature(of text: String) -> [UInt8] {
    Digest.hmacSHA256(Array(text.utf8), key: secretBytes.bytes)
  }
}

/// Bytes that printing and dumping do not show.
private struct SecretBytes: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  let bytes: [UInt8]
  var description: String { "<redacted>" }
  var customMirror: Mirror { Mirror(self, children: [:]) }
}
