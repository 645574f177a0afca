import COpenSSL

/// Why a key, a certificate or a credential cannot be used.
public struct ServiceAuthError: Error, Hashable, Sendable {
  /// The broad kinds that a caller may act on.
  public enum Code: Hashable, Sendable {
    /// The connection string is malformed.
    case badConnectionString
    /// The access key or private key is malformed.
    case badKey
    /// A certificate is malformed.
    case badCertificate
    /// The endpoint of a resource or of an authority is malformed.
    case badEndpoint
    /// A file or folder cannot be read or written.
    case unusableFile
    /// A file with a secret can be read by others.
    case exposedFile
    /// No credential is configured, or one lacks a part.
    case missingCredential
    /// Options that were given exclude each other.
    case conflictingOptions
    /// No managed identity is here: no metadata server answers, or it has none for this machine.
    case noIdentity
    /// What gives tokens cannot be reached, or failed.
    case unavailable
    /// What gives tokens refused to.
    case refused
    /// The caller gave up first.
    case cancelled
    /// libcrypto failed.
    case libraryFailed
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed and what to do, for people; no secrets.
  public var message: String

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// libcrypto's own words about the last failure on this thread, after `action`.
  static func library(_ action: String) -> ServiceAuthError {
    var words = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(ERR_get_error(), &words, words.count)
    ERR_clear_error()
    let text = String(
      decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return ServiceAuthError(.libraryFailed, "libcrypto failed \(action): \(text).")
  }
}
