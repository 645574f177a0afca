import ACSTypes
import FoundationEssentials
import ServiceAuth
import Testing

@testable import CredentialOptions

struct SecretFileTests {
  /// A new file with these permissions.
  static func kept(_ text: String, _ permissions: Int) throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/secret-\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    return path
  }

  /// A file with these permissions for as long as `body` runs.
  @discardableResult
  static func file<Result>(
    _ text: String, _ permissions: Int = 0o600, _ body: (String) throws -> Result
  ) throws -> Result {
    let path = try kept(text, permissions)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  @Test("blanks around the secret are no part of it", arguments: ["a b", "a b\n", "\r\n a b \n"])
  func blanks(text: String) throws {
    let read = try SecretFileTests.file(text) { try SecretFile($0).text.reveal() }
    #expect(read == "a b")
  }

  @Test("a file that others can read is refused", arguments: [0o644, 0o640, 0o604, 0o660])
  func exposed(permissions: Int) throws {
    try SecretFileTests.file("secret", permissions) { path in
      #expect(
        throws: ServiceAuthError(
          .exposedFile, "\(path) holds a secret and can be read by others; type: chmod 600 \(path)")
      ) { try SecretFile(path) }
    }
  }

  @Test("an empty file and none are refused", arguments: ["", " \n"])
  func empty(text: String) throws {
    try SecretFileTests.file(text) { path in
      #expect(
        throws: ServiceAuthError(.unusableFile, "\(path) is empty; it should hold a secret.")
      ) { try SecretFile(path) }
    }
    #expect(
      throws: ServiceAuthError(
        .unusableFile, "/nowhere/at/all cannot be read: No such file or directory")
    ) { try SecretFile("/nowhere/at/all") }
  }
}
