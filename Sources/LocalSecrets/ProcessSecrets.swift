public import ACSTypes
import Glibc
public import Services

/// The secrets in this process's environment and in files.
public struct ProcessSecrets: LocalSecretReader {
  /// A reader.
  public init() {}

  /// The variable's value.
  public func environment(_ name: String) -> Secret? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return Secret(String(cString: value))
  }

  /// The file's text; a leading `~/` is this user's home.
  public func file(_ path: String) throws -> Secret {
    var whole = path
    if path.hasPrefix("~/"), let home = environment("HOME") {
      whole = home.reveal() + path.dropFirst()
    }
    guard let secret = try SecretFile.read(whole) else {
      throw SecretFile.unusable(whole, "is not there; it should hold a secret")
    }
    return secret
  }
}
