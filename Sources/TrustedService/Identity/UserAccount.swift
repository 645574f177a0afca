public import ACSTypes
import ACSWire
public import Services

/// All that is known of one person, for `confab serve explain`.
public struct UserAccount: Hashable, Sendable {
  /// One token, and what has become of it.
  public struct Token: Hashable, Sendable {
    /// What became of a token.
    public enum Condition: String, Hashable, Sendable {
      /// While it can be used.
      case valid
      /// After its end.
      case expired
      /// After it was revoked.
      case revoked
    }

    /// What is remembered of it.
    public var record: TokenRecord
    /// What has become of it.
    public var condition: Condition
  }

  /// The person; `nil` for one who is being erased, or whose identity another one replaced.
  public var user: UserRecord?
  /// The tokens, the newest first.
  public var tokens: [Token]
  /// When tokens were revoked, the newest first.
  public var revocations: [Revocation]
  /// Whether the person is out of the directory, and ACS is still to delete the identity.
  public var isBeingErased: Bool

  init(
    user: UserRecord?, records: [TokenRecord], revocations: [Revocation], isBeingErased: Bool,
    now: Timestamp
  ) {
    self.user = user
    self.revocations = revocations
    self.isBeingErased = isBeingErased
    tokens = records.map { record in
      let isRevoked = revocations.contains {
        $0.identity == record.identity && $0.revokedOn >= record.issuedOn
      }
      return Token(
        record: record,
        condition: isRevoked ? .revoked : record.expiresOn <= now ? .expired : .valid)
    }
  }
}

extension UserStore {
  /// All that is known of `user`; `nil` when that is nothing.
  ///
  /// - Throws: `StoreError`.
  public func account(
    of user: UserKey, limit: Int, now: Timestamp
  ) async throws(StoreError) -> UserAccount? {
    let known = try await self.user(user)
    let records = try await tokens(of: user, limit: limit)
    let isBeingErased = try await erasures().contains { user.means($0) }
    guard known != nil || !records.isEmpty || isBeingErased else { return nil }
    return UserAccount(
      user: known, records: records, revocations: try await revocations(of: user),
      isBeingErased: isBeingErased, now: now)
  }
}

extension UserAccount {
  /// The account for programs.
  public var json: String {
    var object: JSONObject = [:]
    if let user {
      object["identity"] = .string(user.person.identifier.rawID)
      object["name"] = user.name.map { .string($0) }
      object["displayName"] = .string(user.person.displayName)
      object["createdOn"] = .string(user.createdOn.iso8601)
    }
    if isBeingErased { object["isBeingErased"] = true }
    object["tokens"] = .array(tokens.map(\.json))
    object["revocations"] = .array(
      revocations.map {
        [
          "identity": .string($0.identity.rawID), "revokedOn": .string($0.revokedOn.iso8601),
          "caller": .string($0.caller),
        ]
      })
    return JSONValue.object(object).text
  }

  /// The account for people, a line each.
  public var lines: [String] {
    var lines: [String] = []
    if let user {
      lines.append(user.line)
    }
    if isBeingErased {
      lines.append("is being erased: out of the directory, and ACS is still to delete the identity")
    }
    lines += tokens.map(\.line)
    lines += revocations.map {
      "\($0.revokedOn.iso8601)  tokens of \($0.identity.rawID) revoked for \($0.caller)"
    }
    if tokens.isEmpty { lines.append("no tokens on record") }
    return lines
  }
}

extension UserAccount.Token {
  fileprivate var json: JSONValue {
    [
      "issuedOn": .string(record.issuedOn.iso8601),
      "expiresOn": .string(record.expiresOn.iso8601),
      "condition": .string(condition.rawValue), "identity": .string(record.identity.rawID),
      "scopes": .array(record.scopes.map { .string($0.rawValue) }),
      "credential": .string(record.credential), "caller": .string(record.caller),
      "reason": .string(record.reason),
    ]
  }

  fileprivate var line: String {
    "\(record.issuedOn.iso8601)  \(TokenScope.text(of: record.scopes))  \(condition) "
      + "(until \(record.expiresOn.iso8601))  for \(record.identity.rawID)  by \(record.credential)  "
      + "asked by \(record.caller), \(record.reason)"
  }
}

extension UserRecord {
  /// The person for people, in one line.
  public var line: String {
    "\(name ?? "(no name)")  \(person.identifier.rawID)  shown as \(person.displayName)  "
      + "since \(createdOn.iso8601)"
  }

  /// The person for programs, in one line.
  public var json: String {
    var object: JSONObject = ["identity": .string(person.identifier.rawID)]
    object["name"] = name.map { .string($0) }
    object["displayName"] = .string(person.displayName)
    object["createdOn"] = .string(createdOn.iso8601)
    return JSONValue.object(object).text
  }
}
