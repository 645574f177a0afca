import CCurl
import FoundationEssentials
import Services

/// The authorities that are trusted besides the system's, read when TLS is first used.
struct CertificateAuthorities {
  private let path: String?
  /// After the file was read: the system's and the extra authorities, or why they cannot be had.
  private var loaded: Result<Data, TransportError>?

  /// Trusts what the PEM file at `path` holds.
  init(path: String?) {
    self.path = path
  }

  /// Makes `easy` trust them; without a path it trusts what libcurl does by itself.
  mutating func apply(to easy: UnsafeMutableRawPointer) throws(TransportError) {
    guard let path else { return }
    let result = loaded ?? CertificateAuthorities.load(path)
    loaded = result
    let authorities = try result.get()
    authorities.withUnsafeBytes {
      ccurl_set_blob(easy, CURLOPT_CAINFO_BLOB, $0.baseAddress, $0.count)
    }
  }

  private static func load(_ path: String) -> Result<Data, TransportError> {
    let extra: Data
    do {
      extra = try Data(contentsOf: URL(filePath: path))
    } catch {
      return .failure(
        TransportError(
          .certificateRefused,
          "The file \(path), named by certificateAuthority, cannot be read. Is the path right?"))
    }
    guard extra.firstRange(of: Data("-----BEGIN CERTIFICATE-----".utf8)) != nil else {
      return .failure(
        TransportError(
          .certificateRefused,
          "The file \(path), named by certificateAuthority, holds no certificate in PEM form."))
    }
    var all = Data()
    if let system = ccurl_system_authorities() {
      // A machine without the package ca-certificates trusts the extra authorities only.
      all = (try? Data(contentsOf: URL(filePath: String(cString: system)))) ?? Data()
    }
    all.append(UInt8(ascii: "\n"))
    all.append(extra)
    return .success(all)
  }
}
