public import ACSTypes

/// The requests by which a client comes to real-time events, in the order in which it sends them (REALTIME 3, 4).
///
/// Only the first one takes the token as Chat does, and is left for the authoriser; the others have it in a field of
/// their own.
public struct RealTimeRequests: Hashable, Sendable {
  /// One try to connect, as the service's logs want to know it.
  public struct Attempt: Hashable, Sendable {
    /// The client's own name for itself, a GUID; it comes back under it.
    public var endpointID: String
    /// When the client began.
    public var startedOn: Timestamp
    /// How often it tried before.
    public var number: Int

    /// A try.
    public init(endpointID: String, startedOn: Timestamp, number: Int) {
      self.endpointID = endpointID
      self.startedOn = startedOn
      self.number = number
    }
  }

  /// What the client calls itself, in the parameter `tc`.
  public var clientName: String

  /// Requests of a client of that name.
  public init(clientName: String) {
    self.clientName = clientName
  }

  /// Where real-time events come from; answered with ``RealTimeConfiguration``.
  public static func configuration(endpoint: String) -> HTTPRequest {
    RequestBuilder(endpoint: endpoint, apiVersion: "2024-09-01")
      .request("GET", "/chat/config/realTimeNotifications")
  }

  /// A place for the client; answered with ``TrouterConnection``.
  public func connection(
    by configuration: RealTimeConfiguration, attempt: Attempt, token: Secret
  ) -> HTTPRequest {
    request(
      "POST", configuration.trouterServiceURL,
      "/v4/a?epid=\(attempt.endpointID.percentEncoded)", token: token)
  }

  /// The handshake; answered with ``SocketSession``.
  ///
  /// A connection kept from earlier will do until its `se` is over.
  ///
  /// - Throws: ``WireError`` with code `.missing` when the connection does not say where.
  public func handshake(
    _ connection: TrouterConnection, attempt: Attempt, token: Secret
  ) throws(WireError) -> HTTPRequest {
    let place = try socketIO(connection)
    return request(
      "GET", place, "/socket.io/1/?\(query(connection, attempt))", token: token)
  }

  /// Opens the socket of a session; `http` means `ws` here.
  ///
  /// - Throws: ``WireError`` with code `.missing` when the connection does not say where.
  public func socket(
    _ session: SocketSession, of connection: TrouterConnection, attempt: Attempt
  ) throws(WireError) -> HTTPRequest {
    let path = "/socket.io/1/websocket/\(session.id.percentEncoded)"
    return request(
      "GET", try socketIO(connection), "\(path)?\(query(connection, attempt))", token: nil)
  }

  /// Opens a socket in one step; ``SocketEvent/authenticate(_:parameters:)`` has to follow.
  public func socket(
    by configuration: RealTimeConfiguration, attempt: Attempt
  ) -> HTTPRequest {
    request(
      "GET", configuration.trouterServiceURL, "/v4/c?\(query(nil, attempt))", token: nil)
  }

  /// Registers for events, or renews that; answered with 202.
  public func register(
    _ registration: RegistrationRequest, by configuration: RealTimeConfiguration, token: Secret
  ) -> HTTPRequest {
    var request = request(
      "POST", configuration.registrarServiceURL, "/v3/registrations", token: token)
    request.headers["Content-Type"] = "application/json"
    request.body = registration.bytes
    return request
  }

  /// Ends a registration; answered with 202.
  public func unregister(
    _ registrationID: String, by configuration: RealTimeConfiguration, token: Secret
  ) -> HTTPRequest {
    request(
      "DELETE", configuration.registrarServiceURL,
      "/v3/registrations/\(registrationID.percentEncoded)", token: token)
  }

  private func socketIO(_ connection: TrouterConnection) throws(WireError) -> String {
    guard let place = connection.socketIO else {
      throw WireError(.missing, "This is required and missing.", path: "socketio")
    }
    return place
  }

  private func query(_ connection: TrouterConnection?, _ attempt: Attempt) -> String {
    let client: JSONValue = [
      "cv": .string(clientName), "ua": .string(clientName), "hr": "", "v": .string(clientName),
    ]
    let parameters = (connection?.connectParameters ?? [:]).sorted { $0.key < $1.key }
    var pairs = [("v", "v4")] + parameters.map { ($0.key, $0.value) }
    pairs += [
      ("tc", client.text), ("con_num", "\(attempt.startedOn.milliseconds)_\(attempt.number)"),
      ("epid", attempt.endpointID),
    ]
    if let ccid = connection?.ccid { pairs.append(("ccid", ccid)) }
    pairs += [("auth", "true"), ("timeout", "40")]
    return pairs.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&")
  }

  /// A request to an address of the service, which may have a path of its own.
  private func request(
    _ method: String, _ url: String, _ target: String, token: Secret?
  ) -> HTTPRequest {
    var url = url[...]
    while url.last == "/" { url.removeLast() }
    let host = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    let path = url[host...].firstIndex(of: "/") ?? url.endIndex
    var request = HTTPRequest(
      method: method, origin: String(url[..<path]), target: "\(url[path...])\(target)")
    request.headers["X-Skypetoken"] = token?.reveal()
    return request
  }
}
