public import ACSTypes

/// What service and client tell each other by name (REALTIME 4.3).
extension SocketEvent {
  /// The names that are known.
  public enum Name {
    /// The service: the socket may be used.
    public static let connected = "trouter.connected"
    /// The service: events were lost.
    public static let messageLoss = "trouter.message_loss"
    /// The client: it took note of a loss.
    public static let processedMessageLoss = "trouter.processed_message_loss"
    /// The client asks whether the service is there.
    public static let ping = "ping"
    /// The client: somebody looks at it, or not.
    public static let activity = "user.activity"
    /// The client: its token, on a socket that was opened in one step.
    public static let authenticate = "user.authenticate"
  }

  /// What a client asks every 30 s; the acknowledgement brings `pong`.
  public static let ping = SocketEvent(Name.ping)

  /// Whether somebody looks at the client; `vector` is 22 random characters of base64.
  public static func activity(isActive: Bool, vector: String) -> SocketEvent {
    SocketEvent(
      Name.activity,
      [["state": isActive ? "active" : "inactive", "cv": .string("\(vector).0.1")] as JSONValue])
  }

  /// The token, with the parameters of an earlier connection that is to be taken up.
  public static func authenticate(
    _ token: Secret, parameters: [String: String] = [:]
  ) -> SocketEvent {
    let sorted = parameters.sorted { $0.key < $1.key }
    return SocketEvent(
      Name.authenticate,
      [
        [
          "headers": ["Authorization": .string("Bearer \(token.reveal())")],
          "connectparams": .object(JSONObject(sorted.map { ($0.key, .string($0.value)) })),
        ] as JSONValue
      ])
  }

  /// That events were lost.
  public static func messageLoss(_ loss: MessageLoss) -> SocketEvent {
    SocketEvent(Name.messageLoss, [loss.json])
  }

  /// That the client took note of a loss.
  public static func processed(_ loss: MessageLoss) -> SocketEvent {
    SocketEvent(Name.processedMessageLoss, [loss.json])
  }
}
