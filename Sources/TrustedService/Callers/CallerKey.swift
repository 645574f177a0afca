public import ACSTypes
import ACSWire
import ServiceAuth
public import Services

/// An API key: what the server keeps of it, and what it allows.
///
/// The key is 256 random bits, so one salted SHA-256 is enough: slow hashes (PBKDF2, scrypt) make guessing a
/// person's password dear, and nobody guesses 256 bits; what each would cost here is 100 ms a request.
public struct CallerKey: Hashable, Sendable {
  /// The users for whom a service's key may ask.
  public enum Others: Hashable, Sendable {
    /// Everybody.
    case anybody
    /// Only these.
    case these([CallerName])
  }

  /// What the operator calls it; also in logs and audits.
  public var name: String
  /// The user whose key it is; `nil` for a service's.
  public var user: CallerName?
  /// For whom else it may ask; `nil` for nobody else.
  public var others: Others?
  /// Whether it is for posting events to `/events`, and nothing else.
  public var postsEvents: Bool
  /// What it may get.
  public var allowance: Allowance
  /// When it was made.
  public var createdOn: Timestamp
  /// The key's public part, by which it is found.
  let id: String
  let salt: [UInt8]
  let hash: [UInt8]

  /// What every key begins with, so that those who look for leaked secrets know one.
  static let mark = "confab_"

  /// Makes a key.
  ///
  /// - Returns: What to keep, and the key itself, which cannot be had again.
  public static func make(
    name: String, user: CallerName?, others: Others? = nil, postsEvents: Bool = false,
    allowance: Allowance, now: Timestamp, random: some RandomSource
  ) -> (kept: CallerKey, key: Secret) {
    let id = hexadecimal(bytes(1, random).prefix(6))
    let secret = "\(mark)\(id)_\(bytes(4, random).base64URL)"
    let salt = bytes(2, random)
    let kept = CallerKey(
      name: name, user: user, others: others, postsEvents: postsEvents, allowance: allowance,
      createdOn: now, id: id, salt: salt, hash: hash(of: secret, salt: salt))
    return (kept, Secret(secret))
  }

  /// The public part of `key`; `nil` when it is no such key.
  static func id(in key: Secret) -> Substring? {
    let text = key.reveal()
    guard text.hasPrefix(mark), text.utf8.count <= 200 else { return nil }
    let parts = text.dropFirst(mark.count).split(separator: "_", maxSplits: 1)
    return parts.count == 2 ? parts[0] : nil
  }

  /// True when `key` is this one; the time that takes does not tell how near it was.
  func matches(_ key: Secret) -> Bool {
    Digest.areEqual(CallerKey.hash(of: key.reveal(), salt: salt), hash)
  }

  /// Who asks with this key.
  var caller: Caller {
    let reach: Caller.Reach =
      if postsEvents { .nobody } else if let others { .others(others, own: user) } else if let user
      { .itself(user) } else { .nobody }
    return Caller(
      label: "key \(name)", reach: reach, allowance: allowance, postsEvents: postsEvents)
  }

  private static func hash(of key: String, salt: [UInt8]) -> [UInt8] {
    Digest.sha256(salt + Array(key.utf8))
  }

  private static func bytes(_ words: Int, _ random: some RandomSource) -> [UInt8] {
    (0..<words).flatMap { _ in withUnsafeBytes(of: random.next().bigEndian) { Array($0) } }
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }.joined()
  }
}
