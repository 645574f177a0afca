public import ACSTypes
import COpenSSL

/// The key with which a service signs its tokens.
public struct RSAKey: Sendable, CustomStringConvertible {
  /// Names the key in a token's header; the same for the same key.
  public let id: String
  let key: PrivateKey

  /// Makes a key.
  ///
  /// - Parameter bits: 2,048, which takes about a tenth of a second, for every key that anybody could attack; 1,024 take a tenth
  ///   of that.
  /// - Returns: The key.
  /// - Throws: ``ServiceAuthError`` with code `.libraryFailed`.
  public static func generate(bits: Int = 2048) throws(ServiceAuthError) -> RSAKey {
    RSAKey(key: try PrivateKey.rsa(bits: bits))
  }

  /// Reads an unencrypted PEM.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badKey` when it is no RSA key.
  public init(pem: Secret) throws(ServiceAuthError) {
    let key = try PrivateKey(pem: pem)
    guard EVP_PKEY_get_base_id(key.pointer) == EVP_PKEY_RSA else {
      throw ServiceAuthError(.badKey, "This private key is not RSA.")
    }
    self.init(key: key)
  }

  private init(key: PrivateKey) {
    self.key = key
    id = key.thumbprint
  }

  /// The key as unencrypted PEM, to be kept where only its owner can read.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.libraryFailed`.
  public func pem() throws(ServiceAuthError) -> Secret { try key.pem() }

  /// The key's id; never the key.
  public var description: String { "RSA key \(id)" }

  /// The RS256 signature of `bytes` (RFC 7518, 3.3).
  func signature(of bytes: [UInt8]) throws(ServiceAuthError) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var count = Int(EVP_PKEY_get_size(key.pointer))
    var result = [UInt8](repeating: 0, count: count)
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key.pointer) == 1,
      EVP_DigestSign(context, &result, &count, bytes, bytes.count) == 1
    else { throw .library("signing") }
    return result
  }

  /// True when `signature` is this key's over `bytes`.
  func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    let context = EVP_MD_CTX_new()
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key.pointer) == 1
      && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
  }
}
