import ArgumentTable

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The system's certificates and the emulator's in one file, for programs that take one file only.
struct CertificateBundle {
  /// Where systems have theirs: Debian and Alpine, Fedora, openSUSE, macOS.
  private static let places = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
  ]

  let path: String

  /// Writes the bundle beside the emulator's certificate; without any of the system it is that certificate.
  init(with certificate: String) throws(CommandError) {
    let files = FileManager.default
    guard let own = files.contents(atPath: certificate) else {
      throw CommandError(.unavailable, "\(certificate) cannot be read; is it another user's?")
    }
    guard let place = CertificateBundle.places.first(where: files.fileExists(atPath:)),
      let others = files.contents(atPath: place)
    else {
      path = certificate
      return
    }
    let folder = certificate.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    path = "\(folder)/ca-bundle.pem"
    let text = others + Data("\n".utf8) + own
    guard files.contents(atPath: path) != text else { return }
    do {
      try text.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw CommandError(.notPermitted, "\(path) cannot be written: \(error)")
    }
  }
}
