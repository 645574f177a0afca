/// What a client tells the registrar: who it is, and where its events go (REALTIME 4.5).
public struct RegistrationRequest: WireValue {
  /// Where events go for a while.
  public struct Transport: WireValue {
    /// The address that the client got for its socket.
    public var path: String
    /// Seconds until it ends.
    public var ttl: Int
    /// Free text of the client.
    public var context: String

    /// A transport.
    public init(path: String, ttl: Int, context: String = "") {
      self.path = path
      self.ttl = ttl
      self.context = context
    }

    /// Reads a transport.
    public init(json: JSONValue) throws(WireError) {
      var members = try MemberReader(json)
      path = try members.required("path", .string)
      ttl = try members.required("ttl", .integer)
      context = try members.optional("context", .string) ?? ""
    }

    /// The transport.
    public var json: JSONValue {
      ["path": .string(path), "ttl": .integer(Int64(ttl)), "context": .string(context)]
    }
  }

  /// The client's name for the registration; the same again replaces it.
  public var registrationID: String
  /// App, template, platform and language of the client.
  public var clientDescription: JSONObject
  /// The ways by their names: `TROUTER` for the socket, `APNS` and `FCM` for telephones.
  public var transports: [String: [Transport]]

  /// A registration.
  public init(
    registrationID: String, clientDescription: JSONObject, transports: [String: [Transport]]
  ) {
    self.registrationID = registrationID
    self.clientDescription = clientDescription
    self.transports = transports
  }

  /// Reads a registration; members that say nothing here, such as `nodeId`, are passed over.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    registrationID = try members.required("registrationId", .string)
    clientDescription = try members.required("clientDescription", .object)
    transports = [:]
    for member in try members.required("transports", .object).members {
      do throws(WireError) {
        transports[member.name] = try [Transport](json: member.value)
      } catch {
        throw error.inside(member.name).inside("transports")
      }
    }
  }

  /// The registration, transports in the order of their names.
  public var json: JSONValue {
    let ways = transports.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
    return [
      "registrationId": .string(registrationID), "nodeId": "",
      "clientDescription": .object(clientDescription),
      "transports": .object(JSONObject(ways)),
    ]
  }
}
