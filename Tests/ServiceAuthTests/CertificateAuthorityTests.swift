import ACSTypes
import FoundationEssentials
import TestKit
import Testing

@testable import ServiceAuth

struct CertificateAuthorityTests {
  let now = Timestamp(milliseconds: 1_795_228_197_000)
  let random = SeededRandom(seed: 7)

  /// A folder of the test's own, removed after it.
  func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/confab-ca-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("the authority signs a certificate for this machine's own names")
  func inMemory() throws {
    let authority = try CertificateAuthority.inMemory(now: now, random: random)
    let root = try Certificate(pem: authority.certificatePEM)
    let leaf = try Certificate(pem: authority.server.certificatePEM)
    #expect(root.isSigned(by: root))
    #expect(leaf.isSigned(by: root))
    #expect(leaf.belongs(to: try PrivateKey(pem: authority.server.privateKeyPEM)))
    for host in CertificateAuthority.loopback { #expect(leaf.covers(host)) }
    #expect(!leaf.covers("example.com"))
    #expect(!leaf.covers("10.0.0.1"))
    #expect(root.end - now == .seconds(3650 * 86_400))
    #expect(leaf.end - now == .seconds(365 * 86_400))
  }

  @Test("what is kept is private and comes back")
  func kept() throws {
    try withFolder { folder in
      let first = try CertificateAuthority.kept(in: folder, now: now, random: random)
      let second = try CertificateAuthority.kept(in: folder, now: now, random: random)
      #expect(second.certificatePEM == first.certificatePEM)
      #expect(second.server.certificatePEM == first.server.certificatePEM)
      #expect(try permissions(folder) == 0o700)
      for name in ["ca.pem", "ca.key", "server.pem", "server.key"] {
        #expect(try permissions("\(folder)/\(name)") == 0o600)
      }
    }
  }

  @Test("the server's certificate is renewed in time under the same authority")
  func renewal() throws {
    try withFolder { folder in
      let first = try CertificateAuthority.kept(in: folder, now: now, random: random)
      let later = now + .seconds(336 * 86_400)
      let second = try CertificateAuthority.kept(in: folder, now: later, random: random)
      #expect(second.certificatePEM == first.certificatePEM)
      #expect(second.server.certificatePEM != first.server.certificatePEM)
      let third = try CertificateAuthority.kept(
        in: folder, hosts: CertificateAuthority.loopback + ["192.0.2.1"], now: later,
        random: random)
      #expect(third.certificatePEM == first.certificatePEM)
      #expect(try Certificate(pem: third.server.certificatePEM).covers("192.0.2.1"))
      let end = now + .seconds(3630 * 86_400)
      let last = try CertificateAuthority.kept(in: folder, now: end, random: random)
      #expect(last.certificatePEM != first.certificatePEM)
    }
  }

  @Test("damaged and missing files are named and left alone")
  func damaged() throws {
    try withFolder { folder in
      _ = try CertificateAuthority.kept(in: folder, now: now, random: random)
      let files = try PrivateFolder(folder)
      try files.write("nonsense", to: "ca.pem")
      let error = #expect(throws: ServiceAuthError.self) {
        try CertificateAuthority.kept(in: folder, now: now, random: random)
      }
      #expect(error?.code == .badCertificate)
      #expect(error?.message.hasPrefix("\(folder)/ca.pem") == true)
      #expect(try files.read("ca.pem") == "nonsense")
      try FileManager.default.removeItem(atPath: "\(folder)/ca.key")
      let missing = #expect(throws: ServiceAuthError.self) {
        try CertificateAuthority.kept(in: folder, now: now, random: random)
      }
      #expect(missing?.message.contains("ca.key is missing") == true)
    }
  }
}
