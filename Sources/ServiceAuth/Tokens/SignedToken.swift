public import ACSTypes
public import ACSWire

/// A JSON Web Token taken apart; what it claims is told only after its signature was proved.
///
/// One algorithm is known, RS256, and the key decides nothing about it: a token that says `none`, or `HS256` with the
/// public key as its secret, ends here.
public struct SignedToken: Sendable {
  /// The longest token that is read, in bytes.
  public static let limit = 16 << 10

  /// The key that its header names; `nil` when it names none.
  public let keyID: String?
  private let signed: [UInt8]
  private let signature: [UInt8]
  private let claims: JSONValue

  /// Takes a token apart.
  ///
  /// - Throws: ``JWT/Refusal``: `.malformed`, or `.otherAlgorithm`.
  public init(_ token: Secret) throws(JWT.Refusal) {
    let text = token.reveal()
    guard text.utf8.count <= SignedToken.limit else { throw .malformed }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = SignedToken.json(parts[0]),
      let claims = SignedToken.json(parts[1]), let signature = [UInt8](base64URL: parts[2])
    else { throw .malformed }
    let algorithm = header["alg"]?.string ?? "nothing"
    guard algorithm == "RS256" else { throw .otherAlgorithm(String(algorithm.prefix(20))) }
    // Extensions that must be understood, of which none is (RFC 7515, 4.1.11).
    guard header["crit"] == nil else { throw .malformed }
    keyID = header["kid"]?.string
    signed = Array("\(parts[0]).\(parts[1])".utf8)
    self.signature = signature
    self.claims = claims
  }

  /// What the token claims, once `key` proves that its owner said so; whether it holds now is the caller's to judge.
  ///
  /// - Throws: ``JWT/Refusal/signatureDiffers``.
  public func claims(provedBy key: RSAPublicKey) throws(JWT.Refusal) -> JSONValue {
    guard key.verifies(signature, of: signed) else { throw .signatureDiffers }
    return claims
  }

  private static func json(_ part: Substring) -> JSONValue? {
    guard let bytes = [UInt8](base64URL: part), let value = try? JSONValue.parse(bytes),
      value.object != nil
    else { return nil }
    return value
  }
}
