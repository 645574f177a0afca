import COpenSSL

/// Hashes of bytes, by libcrypto.
public enum Digest {
  /// The 32 bytes of SHA-256.
  public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256(bytes, bytes.count, &result)
    return result
  }

  /// The value of `x-ms-content-sha256` for `body` (WIRE 1.2).
  public static func contentHash(_ body: [UInt8]) -> String {
    sha256(body).base64
  }

  /// The 32 bytes of HMAC-SHA256.
  static func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    var count = UInt32(result.count)
    _ = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &result, &count)
    return result
  }

  /// Compares in a time that does not tell where the difference is.
  public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}
