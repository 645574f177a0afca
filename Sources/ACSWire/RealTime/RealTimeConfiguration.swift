/// Where real-time events come from: the answer of `GET /chat/config/realTimeNotifications` (REALTIME 3).
public struct RealTimeConfiguration: WireValue {
  /// Where the socket is asked for, without a path.
  public var trouterServiceURL: String
  /// Where registrations go, its path included.
  public var registrarServiceURL: String
  /// The cloud that the resource is in: `Public`.
  public var cloudType: String?

  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// A configuration.
  public init(trouterServiceURL: String, registrarServiceURL: String, cloudType: String?) {
    self.trouterServiceURL = trouterServiceURL
    self.registrarServiceURL = registrarServiceURL
    self.cloudType = cloudType
  }

  /// Reads a configuration.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    trouterServiceURL = try members.required("trouterServiceUrl", .string)
    registrarServiceURL = try members.required("registrarServiceUrl", .string)
    cloudType = try members.optional("cloudType", .string)
    unknown = members.rest
  }

  /// The configuration.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("trouterServiceUrl", trouterServiceURL)
    members.add("registrarServiceUrl", registrarServiceURL)
    members.add("cloudType", cloudType)
    return members.json(with: unknown)
  }
}
