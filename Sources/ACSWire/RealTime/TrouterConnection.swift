/// Where the socket is and what proves the right to it: the answer of `/v4/a` (REALTIME 4.1).
///
/// `trouter.connected` brings the same on a socket that was opened in one step.
public struct TrouterConnection: WireValue {
  /// Where the handshake and the socket are, with a slash at the end.
  public var socketIO: String?
  /// The address under which others reach this client, with a slash at the end; the registrar is told it.
  public var surl: String
  /// To be repeated when the client connects again.
  public var ccid: String?
  /// The registrar to use, its path included.
  public var registrarURL: String?
  /// What goes into the query of the handshake.
  public var connectParameters: [String: String]

  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// A connection's places.
  public init(
    socketIO: String?, surl: String, ccid: String?, registrarURL: String?,
    connectParameters: [String: String], more: JSONObject = [:]
  ) {
    self.socketIO = socketIO
    self.surl = surl
    self.ccid = ccid
    self.registrarURL = registrarURL
    self.connectParameters = connectParameters
    unknown = more
  }

  /// Reads a connection's places; parameters that are no texts are left out.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    socketIO = try members.optional("socketio", .string)
    surl = try members.required("surl", .string)
    ccid = try members.optional("ccid", .string)
    registrarURL = try members.optional("registrarUrl", .string)
    connectParameters = [:]
    for member in try members.optional("connectparams", .object)?.members ?? [] {
      connectParameters[member.name] = member.value.string
    }
    unknown = members.rest
  }

  /// The places, parameters in the order of their names.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("socketio", socketIO)
    members.add("surl", surl)
    members.add("ccid", ccid)
    members.add("registrarUrl", registrarURL)
    let parameters = connectParameters.sorted { $0.key < $1.key }
    members.add(
      "connectparams", JSONObject(parameters.map { ($0.key, JSONValue.string($0.value)) }))
    return members.json(with: unknown)
  }
}
