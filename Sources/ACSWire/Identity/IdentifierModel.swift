public import ACSTypes

/// Somebody as the services write them: a raw id, or one object that tells the kind, or both (WIRE 2).
///
/// The JSON object is kept as it came, so that what this version does not know of it is written back.
public struct IdentifierModel: WireValue {
  /// Whom the object means.
  public let identifier: CommunicationIdentifier
  /// The object.
  public let json: JSONValue

  /// `{"rawId":…,"communicationUser":{"id":…}}` and the like.
  ///
  /// - Parameters:
  ///   - identifier: Whom to name.
  ///   - writingKind: Also writes `kind`, as Call Automation does and Chat before 2024 does not.
  public init(_ identifier: CommunicationIdentifier, writingKind: Bool = false) {
    self.identifier = identifier
    var object = JSONObject()
    if writingKind { object["kind"] = .string(identifier.kind.wireName) }
    object["rawId"] = .string(identifier.rawID)
    if identifier.kind != .unknown {
      object[identifier.kind.wireName] = .object(identifier.details)
    }
    json = .object(object)
  }

  /// Reads any of the forms; the raw id decides where both are there.
  ///
  /// - Throws: ``WireError`` with code `.badValue` when nothing names somebody, or two objects tell different kinds.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    let rawID = try members.optional("rawId", .string)
    let user = try members.optional("communicationUser", .object)
    let phone = try members.optional("phoneNumber", .object)
    let teamsUser = try members.optional("microsoftTeamsUser", .object)
    let teamsApp = try members.optional("microsoftTeamsApp", .object)
    guard [user, phone, teamsUser, teamsApp].count(where: { $0 != nil }) <= 1 else {
      throw WireError(.badValue, "This should name one kind of identifier and names several.")
    }
    let told =
      rawID ?? user?["id"]?.string ?? phone?["value"]?.string.map { "4:\($0)" }
      ?? teamsUser.flatMap(teamsUserRawID) ?? teamsApp.flatMap(teamsAppRawID)
    guard let told, !told.isEmpty else {
      throw WireError(.badValue, "This should name somebody, with rawId or communicationUser.id.")
    }
    identifier = CommunicationIdentifier(rawID: told)
    self.json = json
  }
}

private func teamsUserRawID(_ object: JSONObject) -> String? {
  guard let id = object["userId"]?.string else { return nil }
  if object["isAnonymous"]?.bool == true { return "8:teamsvisitor:\(id)" }
  return "8:\(cloudPrefix(object)):\(id)"
}

private func teamsAppRawID(_ object: JSONObject) -> String? {
  object["appId"]?.string.map { "28:\(cloudPrefix(object)):\($0)" }
}

/// What stands in raw ids for the cloud of `object`.
private func cloudPrefix(_ object: JSONObject) -> String {
  switch object["cloud"]?.string {
  case "dod": "dod"
  case "gcch": "gcch"
  default: "orgid"
  }
}

extension CommunicationIdentifier.Kind {
  /// The kind as services write it, in `kind` and as the name of the object.
  public var wireName: String {
    switch self {
    case .communicationUser: "communicationUser"
    case .phoneNumber: "phoneNumber"
    case .microsoftTeamsUser: "microsoftTeamsUser"
    case .microsoftTeamsApp: "microsoftTeamsApp"
    case .unknown: "unknown"
    }
  }
}

extension CommunicationIdentifier {
  /// The members of the object that tells the kind.
  fileprivate var details: JSONObject {
    let parts = rawID.split(separator: ":", maxSplits: 2).map(String.init)
    let last = JSONValue.string(parts.last ?? "")
    let cloud = parts.count == 3 ? ["dod": "dod", "gcch": "gcch"][parts[1]] ?? "public" : "public"
    switch kind {
    case .communicationUser: return ["id": .string(rawID)]
    case .phoneNumber: return ["value": .string(String(rawID.dropFirst(2)))]
    case .microsoftTeamsUser:
      let isAnonymous = rawID.hasPrefix("8:teamsvisitor:")
      return ["userId": last, "isAnonymous": .bool(isAnonymous), "cloud": .string(cloud)]
    case .microsoftTeamsApp: return ["appId": last, "cloud": .string(cloud)]
    case .unknown: return [:]
    }
  }
}
