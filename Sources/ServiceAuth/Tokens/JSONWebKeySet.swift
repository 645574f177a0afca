public import ACSWire

/// The keys with which an authority signs its tokens (RFC 7517), as it publishes them.
public struct JSONWebKeySet: Sendable {
  /// One key with its name.
  public struct Key: Sendable {
    /// Names the key in a token's header; `nil` when the set does not name it.
    public var id: String?
    /// The key.
    public var key: RSAPublicKey
  }

  /// The keys that can prove a token by RS256, in the order of the set.
  public let keys: [Key]

  /// Reads `{"keys":[…]}`.
  ///
  /// Keys of other kinds, for other uses or algorithms, and those that are malformed or too short are passed over, as
  /// RFC 7517, 5 asks, so that an authority may publish what this version does not know.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badKey` when it is no key set, or one without any usable key.
  public init(_ json: JSONValue) throws(ServiceAuthError) {
    guard let list = json["keys"]?.array else {
      throw ServiceAuthError(.badKey, "It is no JSON Web Key Set: there is no list \"keys\".")
    }
    keys = list.compactMap { JSONWebKeySet.key($0) }
    guard !keys.isEmpty else {
      throw ServiceAuthError(
        .badKey, "The key set holds no RSA key of 2048 or more bits for signatures by RS256.")
    }
  }

  /// The key called `id`; for a token that names none, the only key there is.
  public func key(_ id: String?) -> RSAPublicKey? {
    guard let id else { return keys.count == 1 ? keys[0].key : nil }
    return keys.first { $0.id == id }?.key
  }

  private static func key(_ json: JSONValue) -> Key? {
    guard json["kty"]?.string == "RSA", (json["use"]?.string ?? "sig") == "sig",
      (json["alg"]?.string ?? "RS256") == "RS256",
      json["key_ops"]?.array?.contains("verify") ?? true,
      let modulus = json["n"]?.string.flatMap({ [UInt8](base64URL: $0) }),
      let exponent = json["e"]?.string.flatMap({ [UInt8](base64URL: $0) }),
      let key = try? RSAPublicKey(modulus: modulus, exponent: exponent)
    else { return nil }
    return Key(id: json["kid"]?.string, key: key)
  }
}
