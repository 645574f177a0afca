import COpenSSL

/// The public half of an RSA key: proves tokens that somebody else signed.
public struct RSAPublicKey: Sendable {
  /// The fewest bits that are taken (RFC 7518, 3.3).
  public static let leastBits = 2048

  private let handle: Handle

  /// The key of a modulus and an exponent, both big-endian, as a JSON Web Key has them.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badKey` when they make no RSA key, or one of fewer bits than
  ///   ``leastBits``.
  public init(modulus: [UInt8], exponent: [UInt8]) throws(ServiceAuthError) {
    defer { ERR_clear_error() }
    // An exponent of 1 would let everything through; libcrypto does not look.
    let isOdd = (exponent.last ?? 0) & 1 == 1
    let isOne = exponent.drop { $0 == 0 }.elementsEqual([1])
    guard isOdd, !isOne, !modulus.isEmpty, modulus.count <= 2048, exponent.count <= 8,
      let key = copenssl_rsa_public(modulus, modulus.count, exponent, exponent.count)
    else {
      throw ServiceAuthError(.badKey, "The modulus and exponent make no RSA key.")
    }
    handle = Handle(key)
    guard EVP_PKEY_get_bits(key) >= RSAPublicKey.leastBits else {
      throw ServiceAuthError(
        .badKey, "An RSA key of fewer than \(RSAPublicKey.leastBits) bits proves nothing.")
    }
  }

  /// True when `signature` is this key's over `bytes` by RS256 (RFC 7518, 3.3).
  func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    let context = EVP_MD_CTX_new()
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, handle.pointer) == 1
      && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
  }

  /// Keeps libcrypto's key.
  ///
  /// The pointer is set once, and libcrypto only reads the key, from any thread.
  private final class Handle: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
      self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }
  }
}
