public import ACSTypes
import COpenSSL
public import Services

/// A certificate authority of one's own and the certificate that it gave a server on this machine.
///
/// The authority lives ten years and the server's certificate one; the latter is renewed when 30 days are left, so that
/// whoever trusts the authority need not be told.
public struct CertificateAuthority: Sendable {
  /// The authority's certificate, for clients to trust, as PEM.
  public let certificatePEM: String
  /// The server's certificate and key.
  public let server: ServerCertificate

  /// The names and addresses of this machine for itself.
  public static let loopback = ["localhost", "127.0.0.1", "::1"]

  private static let authorityLife = Duration.seconds(10 * 365 * 86_400)
  private static let serverLife = Duration.seconds(365 * 86_400)
  private static let leastLeft = Duration.seconds(30 * 86_400)

  /// An authority that is kept nowhere.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.libraryFailed`.
  public static func inMemory(
    hosts: [String] = loopback, now: Timestamp, random: some RandomSource
  ) throws(ServiceAuthError) -> CertificateAuthority {
    let root = try Pair.authority(now: now, random: random)
    let leaf = try Pair.server(of: root, hosts: hosts, now: now, random: random)
    return try CertificateAuthority(root: root, leaf: leaf)
  }

  /// The authority kept in `folder`, made there at the first use; `ca.pem` in it is what clients are to trust.
  ///
  /// The folder is made for its owner only, its files too. An authority near its end is replaced, a server's certificate
  /// that is near its end or lacks one of `hosts` is renewed.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.unusableFile`, or `.badKey` or `.badCertificate` with the file's path when
  ///   a file is damaged; no file is changed then.
  public static func kept(
    in folder: String, hosts: [String] = loopback, now: Timestamp, random: some RandomSource
  ) throws(ServiceAuthError) -> CertificateAuthority {
    let files = try PrivateFolder(folder)
    let root: Pair
    if let kept = try Pair(reading: files, name: "ca"), kept.isFresh(now: now) {
      root = kept
    } else {
      root = try Pair.authority(now: now, random: random)
      try root.write(to: files, name: "ca")
    }
    let leaf: Pair
    if let kept = try Pair(reading: files, name: "server"), kept.isFresh(now: now),
      kept.certificate.isSigned(by: root.certificate), hosts.allSatisfy(kept.certificate.covers)
    {
      leaf = kept
    } else {
      leaf = try Pair.server(of: root, hosts: hosts, now: now, random: random)
      try leaf.write(to: files, name: "server")
    }
    return try CertificateAuthority(root: root, leaf: leaf)
  }

  private init(root: Pair, leaf: Pair) throws(ServiceAuthError) {
    certificatePEM = try root.certificate.pem()
    server = ServerCertificate(
      certificatePEM: try leaf.certificate.pem(), privateKeyPEM: try leaf.key.pem())
  }

  /// A certificate with its key.
  private struct Pair {
    let certificate: Certificate
    let key: PrivateKey

    init(certificate: Certificate, key: PrivateKey) {
      self.certificate = certificate
      self.key = key
    }

    static func authority(
      now: Timestamp, random: some RandomSource
    ) throws(ServiceAuthError) -> Pair {
      let key = try PrivateKey.p256()
      let serial = random.next() >> 1 | 1
      let request = Certificate.Request(
        name: "Confab development CA \(String(serial, radix: 16).prefix(8))",
        lifetime: authorityLife, serial: serial,
        extensions: [
          NID_basic_constraints: "critical,CA:TRUE,pathlen:0",
          NID_key_usage: "critical,keyCertSign,cRLSign",
          NID_subject_key_identifier: "hash",
          NID_authority_key_identifier: "keyid:always",
        ])
      return Pair(
        certificate: try Certificate.make(request, for: key, issuer: nil, now: now), key: key)
    }

    static func server(
      of root: Pair, hosts: [String], now: Timestamp, random: some RandomSource
    ) throws(ServiceAuthError) -> Pair {
      let key = try PrivateKey.p256()
      let names = hosts.map { isAddress($0) ? "IP:\($0)" : "DNS:\($0)" }
      let request = Certificate.Request(
        name: hosts.first ?? "localhost", lifetime: serverLife, serial: random.next() >> 1 | 1,
        extensions: [
          NID_basic_constraints: "critical,CA:FALSE",
          NID_key_usage: "critical,digitalSignature",
          NID_ext_key_usage: "serverAuth",
          NID_subject_alt_name: names.joined(separator: ","),
          NID_subject_key_identifier: "hash",
          NID_authority_key_identifier: "keyid:always",
        ])
      let certificate = try Certificate.make(
        request, for: key, issuer: (root.certificate, root.key), now: now)
      return Pair(certificate: certificate, key: key)
    }

    /// `nil` when neither file is there.
    init?(reading files: PrivateFolder, name: String) throws(ServiceAuthError) {
      let texts = (try files.read("\(name).pem"), try files.read("\(name).key"))
      guard case (let certificateText?, let keyText?) = texts else {
        guard texts.0 == nil, texts.1 == nil else {
          let missing = texts.0 == nil ? "\(name).pem" : "\(name).key"
          throw ServiceAuthError(
            .unusableFile,
            "\(files.path(missing)) is missing. Restore it, or remove the folder to have new ones.")
        }
        return nil
      }
      do throws(ServiceAuthError) {
        certificate = try Certificate(pem: certificateText)
        key = try PrivateKey(pem: Secret(keyText))
        guard certificate.belongs(to: key) else {
          throw ServiceAuthError(.badCertificate, "The certificate and the key do not match.")
        }
      } catch {
        throw ServiceAuthError(
          error.code,
          "\(files.path(name)).pem or .key: \(error.message) Remove the folder to have new ones.")
      }
    }

    func write(to files: PrivateFolder, name: String) throws(ServiceAuthError) {
      try files.write(try key.pem().reveal(), to: "\(name).key")
      try files.write(try certificate.pem(), to: "\(name).pem")
    }

    func isFresh(now: Timestamp) -> Bool { certificate.end - now > leastLeft }

    private static func isAddress(_ host: String) -> Bool {
      host.contains(":") || host.utf8.allSatisfy { $0 == 46 || (48...57).contains($0) }
    }
  }
}
