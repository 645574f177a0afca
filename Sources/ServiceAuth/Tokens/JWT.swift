public import ACSTypes
public import ACSWire

/// JSON Web Tokens signed with RS256, the form of user access tokens (WIRE 1.4).
public enum JWT {
  /// Why a token is refused.
  public enum Refusal: Error, Hashable, Sendable {
    /// It has not three parts of Base64 for URLs with JSON in the first two.
    case malformed
    /// It is signed by another algorithm than RS256, named here; `none` is such a one.
    case otherAlgorithm(String)
    /// Another key signed it, or it was changed.
    case signatureDiffers
    /// It does not tell when it expires.
    case noExpiry
    /// It expired this long ago.
    case expired(Duration)

    /// What is wrong and what to do, in plain words.
    public var words: String {
      switch self {
      case .malformed: "The token is no JSON Web Token."
      case .otherAlgorithm(let name):
        "The token is signed with \(name); only RS256 is taken."
      case .signatureDiffers:
        "The token's signature is not of this service's key: another service issued it, or it was "
          + "changed. Fetch a new one."
      case .noExpiry: "The token does not tell when it expires."
      case .expired(let span):
        "The token expired \(span.components.seconds) seconds ago. Fetch a new one."
      }
    }
  }

  /// A token with the given claims.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.libraryFailed`.
  public static func sign(
    _ claims: JSONValue, with key: RSAKey
  ) throws(ServiceAuthError) -> Secret {
    let header: JSONValue = [
      "alg": "RS256", "kid": .string(key.id), "x5t": .string(key.id), "typ": "JWT",
    ]
    let signed = "\(header.bytes.base64URL).\(claims.bytes.base64URL)"
    let signature = try key.signature(of: Array(signed.utf8))
    return Secret("\(signed).\(signature.base64URL)")
  }

  /// The claims of a token that `key` signed and that has not expired at `now`.
  ///
  /// - Throws: ``Refusal`` with the first thing that is wrong.
  public static func verify(
    _ token: Secret, with key: RSAKey, now: Timestamp
  ) throws(Refusal) -> JSONValue {
    let claims = try claims(of: token, signedBy: key)
    guard let expiry = claims["exp"]?.integer else { throw .noExpiry }
    let left = Timestamp(seconds: expiry) - now
    guard left > .zero else { throw .expired(.zero - left) }
    return claims
  }

  /// The claims of a token that `key` signed, whether or not it has expired.
  ///
  /// - Throws: ``Refusal`` with the first thing that is wrong.
  public static func claims(
    of token: Secret, signedBy key: RSAKey
  ) throws(Refusal) -> JSONValue {
    let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = json(parts[0]), let claims = json(parts[1]),
      let signature = [UInt8](base64URL: parts[2])
    else { throw .malformed }
    let algorithm = header["alg"]?.string ?? "nothing"
    guard algorithm == "RS256" else { throw .otherAlgorithm(String(algorithm.prefix(20))) }
    guard key.verifies(signature, of: Array("\(parts[0]).\(parts[1])".utf8)) else {
      throw .signatureDiffers
    }
    return claims
  }

  static func json(_ part: Substring) -> JSONValue? {
    guard let bytes = [UInt8](base64URL: part), let value = try? JSONValue.parse(bytes),
      value.object != nil
    else { return nil }
    return value
  }
}
