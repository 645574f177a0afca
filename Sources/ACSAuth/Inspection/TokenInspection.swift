public import ACSTypes
public import ACSWire

/// What a user access token says of itself, for people and for programs; the token itself is not shown.
public struct TokenInspection: Sendable {
  private let token: JSONWebToken
  private let now: Timestamp

  /// Reads a token as it stands at `now`.
  ///
  /// - Throws: `WireError` when the text is no JSON Web Token; the message does not repeat it.
  public init(_ token: Secret, now: Timestamp) throws(WireError) {
    self.token = try JSONWebToken(token)
    self.now = now
  }

  /// True from its end on; false when it does not tell its end.
  public var isExpired: Bool { token.expiresOn.map { $0 <= now } ?? false }

  /// A line each: a word, blanks, and what the token says.
  public var lines: [String] {
    var details: [String] = []
    if let identity = token.identity {
      details.append("identity  \(identity.rawID) (\(identity.kind.words))")
    }
    if !token.scopes.isEmpty {
      details.append("scopes  \(token.scopes.map(\.rawValue).joined(separator: ", "))")
    }
    if let resource = token.resourceID { details.append("resource  \(resource)") }
    if let issued = token.issuedOn {
      details.append("issued  \(issued.iso8601), \(relative(issued))")
    }
    if let expires = token.expiresOn {
      details.append("expires  \(expires.iso8601), \(relative(expires))")
      if let issued = token.issuedOn, issued < expires {
        details.append("lifetime  \((expires - issued).words)")
      }
    }
    if let algorithm = token.algorithm { details.append("signature  \(algorithm), not checked") }
    details += warnings.map { "warning  \($0)" }
    return details.map(DetailLine.init).map(\.text)
  }

  /// What is wrong with the token, a sentence each; that it has expired is among them.
  public var warnings: [String] {
    var warnings: [String] = []
    if isExpired { warnings.append("The token has expired; no service takes it.") }
    if token.expiresOn == nil {
      warnings.append("The token does not tell when it expires: it has no claim exp.")
    }
    if token.identity == nil {
      warnings.append("The token does not tell whose it is: it has no claim skypeid.")
    }
    if token.scopes.isEmpty {
      warnings.append("The token does not tell what it is for: it has no claim acsScope.")
    }
    if let issued = token.issuedOn, issued > now + .seconds(300) {
      warnings.append("The token was issued in the future; check this computer's clock.")
    }
    switch token.algorithm?.lowercased() {
    case nil: warnings.append("The token does not tell how it is signed.")
    case "none": warnings.append("The token is not signed; no service should take it.")
    default: break
    }
    return warnings
  }

  /// The same for programs; a member that the token does not tell is `null`.
  public var json: JSONValue {
    [
      "identity": .string(ifAny: token.identity?.rawID),
      "scopes": .array(token.scopes.map { .string($0.rawValue) }),
      "resourceId": .string(ifAny: token.resourceID),
      "issuedOn": .string(ifAny: token.issuedOn?.iso8601),
      "expiresOn": .string(ifAny: token.expiresOn?.iso8601),
      "lifeLeftSeconds": token.expiresOn.map { .integer(($0 - now).components.seconds) } ?? .null,
      "isExpired": .bool(isExpired),
      "algorithm": .string(ifAny: token.algorithm),
      "warnings": .array(warnings.map { .string($0) }),
    ]
  }

  private func relative(_ moment: Timestamp) -> String {
    moment > now ? "in \((moment - now).words)" : "\((now - moment).words) ago"
  }
}

extension JSONValue {
  /// A string, or `null` for none.
  static func string(ifAny text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }
}

extension CommunicationIdentifier.Kind {
  fileprivate var words: String {
    switch self {
    case .communicationUser: "a user of an ACS resource"
    case .phoneNumber: "a telephone number"
    case .microsoftTeamsUser: "a Teams user"
    case .microsoftTeamsApp: "a Teams app"
    case .unknown: "of a kind that is not known"
    }
  }
}
