/// Who takes part, as the service names them: a raw id (MRI) with a prefix that tells the kind (WIRE 2).
public struct CommunicationIdentifier: Hashable, Sendable {
  /// The kinds that the service's SDKs tell apart.
  public enum Kind: Hashable, Sendable {
    /// A user of an ACS resource: `8:acs:…`, `8:spool:…`, `8:dod-acs:…`, `8:gcch-acs:…`.
    case communicationUser
    /// A telephone number: `4:+15551234567`.
    case phoneNumber
    /// A Teams user or visitor: `8:orgid:…`, `8:dod:…`, `8:gcch:…`, `8:teamsvisitor:…`.
    case microsoftTeamsUser
    /// A Teams app or bot: `28:orgid:…`, `28:dod:…`, `28:gcch:…`.
    case microsoftTeamsApp
    /// Anything else.
    case unknown
  }

  /// The whole id, prefix included: the one form that never loses anything.
  public var rawID: String

  /// Takes any text; a text with no known prefix is of kind ``Kind/unknown``.
  public init(rawID: String) {
    self.rawID = rawID
  }

  /// The kind that the prefix tells.
  public var kind: Kind {
    if rawID.hasPrefix("4:") { return .phoneNumber }
    if rawID.hasPrefix("28:") { return .microsoftTeamsApp }
    let users = ["8:acs:", "8:spool:", "8:dod-acs:", "8:gcch-acs:"]
    if users.contains(where: rawID.hasPrefix) { return .communicationUser }
    let teams = ["8:orgid:", "8:dod:", "8:gcch:", "8:teamsvisitor:"]
    return teams.contains(where: rawID.hasPrefix) ? .microsoftTeamsUser : .unknown
  }

  /// A short form for people: the last eight characters of an ACS id, the number of a phone, else all.
  public var shortForm: String {
    switch kind {
    case .phoneNumber: String(rawID.dropFirst(2))
    case .communicationUser: "…\(rawID.suffix(8))"
    default: rawID
    }
  }
}

extension CommunicationIdentifier: Codable {
  /// Reads the id alone, as ``encode(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    self.init(rawID: try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the id alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawID)
  }
}

/// So that a dictionary by people is written with their ids as its keys.
extension CommunicationIdentifier: CodingKeyRepresentable {
  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The id.
  public var codingKey: any CodingKey { Key(stringValue: rawID) }

  /// Takes any text.
  public init(codingKey: some CodingKey) {
    self.init(rawID: codingKey.stringValue)
  }
}
