import ACSTypes
import COpenSSL

/// An X.509 certificate of libcrypto.
///
/// The pointer is set once and only read after the certificate was made.
final class Certificate: Sendable {
  /// What is certified.
  struct Request {
    var name: String
    var lifetime: Duration
    /// The serial number; positive.
    var serial: UInt64
    /// Extensions in the notation of openssl's configuration files, in their order.
    var extensions: KeyValuePairs<Int32, String>
  }

  nonisolated(unsafe) let pointer: OpaquePointer

  private init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { X509_free(pointer) }

  /// Reads the first certificate of a PEM.
  init(pem: String) throws(ServiceAuthError) {
    let read = withMemory(pem) { PEM_read_bio_X509($0, nil, nil, nil) }
    ERR_clear_error()
    guard let read else {
      throw ServiceAuthError(.badCertificate, "This is no certificate in PEM.")
    }
    pointer = read
  }

  /// Certifies `key`, signed by `issuer`; without one the certificate signs itself.
  static func make(
    _ request: Request, for key: PrivateKey,
    issuer: (certificate: Certificate, key: PrivateKey)?, now: Timestamp
  ) throws(ServiceAuthError) -> Certificate {
    guard let pointer = X509_new() else { throw .library("making a certificate") }
    let certificate = Certificate(pointer)
    let issuerPointer = issuer?.certificate.pointer ?? pointer
    // An hour earlier, for clocks that are behind.
    let start = (now - .seconds(3600)).seconds
    let end = (now + request.lifetime).seconds
    guard X509_set_version(pointer, 2) == 1,
      ASN1_INTEGER_set_uint64(X509_get_serialNumber(pointer), request.serial) == 1,
      ASN1_TIME_set(X509_getm_notBefore(pointer), time_t(start)) != nil,
      ASN1_TIME_set(X509_getm_notAfter(pointer), time_t(end)) != nil,
      X509_set_pubkey(pointer, key.pointer) == 1,
      X509_NAME_add_entry_by_txt(
        X509_get_subject_name(pointer), "CN", MBSTRING_UTF8, request.name, -1, -1, 0) == 1,
      X509_set_issuer_name(pointer, X509_get_subject_name(issuerPointer)) == 1
    else { throw .library("filling a certificate") }
    for (nid, value) in request.extensions {
      guard copenssl_add_extension(pointer, issuerPointer, nid, value) == 1 else {
        throw .library("adding \(value) to a certificate")
      }
    }
    guard X509_sign(pointer, (issuer?.key ?? key).pointer, EVP_sha256()) > 0 else {
      throw .library("signing a certificate")
    }
    return certificate
  }

  /// The certificate as PEM.
  func pem() throws(ServiceAuthError) -> String {
    guard let text = writtenText({ PEM_write_bio_X509($0, pointer) }) else {
      throw .library("writing a certificate")
    }
    return text
  }

  /// When it stops being valid.
  var end: Timestamp {
    Timestamp(seconds: copenssl_seconds(X509_get0_notAfter(pointer)))
  }

  /// True when it is for `host`, a name or an address.
  func covers(_ host: String) -> Bool {
    X509_check_ip_asc(pointer, host, 0) == 1
      || X509_check_host(pointer, host, host.utf8.count, 0, nil) == 1
  }

  /// True when `issuer` signed it.
  func isSigned(by issuer: Certificate) -> Bool {
    defer { ERR_clear_error() }
    return X509_verify(pointer, X509_get0_pubkey(issuer.pointer)) == 1
  }

  /// True when `key` is its private key.
  func belongs(to key: PrivateKey) -> Bool {
    defer { ERR_clear_error() }
    return X509_check_private_key(pointer, key.pointer) == 1
  }
}
