import ACSTypes
import COpenSSL

/// A private key of libcrypto.
///
/// The pointer is set once and libcrypto only reads the key, from any thread; its count of references is atomic.
final class PrivateKey: Sendable {
  nonisolated(unsafe) let pointer: OpaquePointer

  /// Takes over a key.
  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }

  /// Makes an RSA key.
  static func rsa(bits: Int) throws(ServiceAuthError) -> PrivateKey {
    guard let pointer = copenssl_generate_rsa(bits) else { throw .library("making a key") }
    return PrivateKey(pointer)
  }

  /// Makes a key on the curve P-256.
  static func p256() throws(ServiceAuthError) -> PrivateKey {
    guard let pointer = copenssl_generate_p256() else { throw .library("making a key") }
    return PrivateKey(pointer)
  }

  /// Reads an unencrypted PEM.
  init(pem: Secret) throws(ServiceAuthError) {
    let read = withMemory(pem.reveal()) { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
    ERR_clear_error()
    guard let read else {
      throw ServiceAuthError(.badKey, "This is no unencrypted private key in PEM.")
    }
    pointer = read
  }

  /// The key as unencrypted PEM.
  func pem() throws(ServiceAuthError) -> Secret {
    let text = writtenText { PEM_write_bio_PrivateKey($0, pointer, nil, nil, 0, nil, nil) }
    guard let text else { throw .library("writing a key") }
    return Secret(text)
  }

  /// The Base64 for URLs of the SHA-256 of the public key's DER, which names the key.
  var thumbprint: String {
    var bytes: UnsafeMutablePointer<UInt8>?
    let count = i2d_PUBKEY(pointer, &bytes)
    defer { CRYPTO_free(bytes, "", 0) }
    return Digest.sha256(Array(UnsafeBufferPointer(start: bytes, count: Int(max(0, count)))))
      .base64URL
  }
}

/// Lets `body` read `text` from memory.
func withMemory<Result>(_ text: String, _ body: (OpaquePointer?) -> Result) -> Result {
  let memory = BIO_new(BIO_s_mem())
  defer { BIO_free(memory) }
  let bytes = Array(text.utf8)
  BIO_write(memory, bytes, Int32(bytes.count))
  return body(memory)
}

/// What `body` writes; `nil` when it fails.
func writtenText(_ body: (OpaquePointer?) -> Int32) -> String? {
  let memory = BIO_new(BIO_s_mem())
  defer { BIO_free(memory) }
  guard body(memory) == 1 else { return nil }
  var bytes: UnsafeMutablePointer<CChar>?
  let count = copenssl_bytes(memory, &bytes)
  return UnsafeMutableRawPointer(bytes).map {
    String(decoding: UnsafeRawBufferPointer(start: $0, count: count), as: UTF8.self)
  }
}
