import ACSTypes
import ACSWire
import ServiceAuth

/// Whom a token of the Entra tenant is for.
enum EntraSubject {
  /// What proved an application.
  enum Proof: String {
    case secret = "1"
    case assertion = "2"
  }

  /// The application, which proved itself.
  case application(Proof)
  /// The application as the managed identity of the machine.
  case managedIdentity
  /// A person who signed in at an application.
  case user(name: String, clientID: String)
}

extension Core {
  /// How long tokens of people and applications live, in seconds.
  static let entraLifetime: Int64 = 3599
  /// How long those of managed identities live.
  static let managedIdentityLifetime: Int64 = 86_399

  /// An access token for `resource`, with the claims of Entra's version 2.0.
  mutating func entraToken(
    for subject: EntraSubject, resource: String, permissions: [String] = [], now: Timestamp
  ) throws -> Secret {
    let settings = entra.settings
    var lifetime = Core.entraLifetime
    var members: [(String, JSONValue)]
    switch subject {
    case .application, .managedIdentity:
      members = [
        ("appid", .string(settings.clientID)), ("azp", .string(settings.clientID)),
        ("azpacr", .string(EntraSubject.Proof.assertion.rawValue)), ("idtyp", "app"),
        ("oid", .string(settings.principalID)), ("sub", .string(settings.principalID)),
        ("roles", ["access_as_application"]),
      ]
      if case .application(let proof) = subject { members[2].1 = .string(proof.rawValue) }
      if case .managedIdentity = subject {
        members.append(("xms_mirid", .string(settings.managedIdentityID)))
        lifetime = Core.managedIdentityLifetime
      }
    case .user(let name, let clientID):
      let granted = permissions.map { $0 == ".default" ? "user_impersonation" : $0 }
      members = [
        ("appid", .string(clientID)), ("azp", .string(clientID)), ("azpacr", "0"),
        ("scp", .string(granted.joined(separator: " "))),
      ]
      members += person(name, clientID: clientID)
    }
    return try entraToken(members, audience: resource, lifetime: lifetime, now: now)
  }

  /// What an application learns of the person who signed in (OpenID Connect Core, 2).
  mutating func identityToken(
    for name: String, clientID: String, now: Timestamp
  ) throws -> Secret {
    try entraToken(
      person(name, clientID: clientID), audience: clientID, lifetime: Core.entraLifetime, now: now)
  }

  /// A token with what all of them have besides `members`.
  mutating func entraToken(
    _ members: [(String, JSONValue)], audience: String, lifetime: Int64, now: Timestamp
  ) throws -> Secret {
    let before: [(String, JSONValue)] = [
      ("aud", .string(audience)), ("iss", .string(entra.issuer)), ("iat", .integer(now.seconds)),
      ("nbf", .integer(now.seconds)), ("exp", .integer(now.seconds + lifetime)),
    ]
    let after: [(String, JSONValue)] = [
      ("tid", .string(entra.settings.tenantID)), ("uti", .string(ids.base64URL(characters: 22))),
      ("ver", "2.0"),
    ]
    return try JWT.sign(
      .object(JSONObject(before + members + after)), with: try entra.signingKey(store))
  }

  private func person(_ name: String, clientID: String) -> [(String, JSONValue)] {
    [
      ("name", .string(name)), ("preferred_username", .string(name)),
      ("oid", .string(objectID(ofUser: name))),
      // Another at each application, as Entra has it.
      (
        "sub",
        .string(Digest.sha256(Array("\(clientID) \(name.lowercased())".utf8)).base64URL)
      ),
    ]
  }

  /// The person's object in the tenant: the same for the same name.
  func objectID(ofUser name: String) -> String {
    IDSource.guid(naming: "\(entra.settings.tenantID) \(name.lowercased())")
  }
}
