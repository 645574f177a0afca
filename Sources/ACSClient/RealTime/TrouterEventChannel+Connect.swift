import ACSAuth
import ACSTypes
import ACSWire
import Services
import Synchronization

/// An open socket, and what it was opened with.
struct EventPlace {
  let socket: any MessageSocket
  let configuration: RealTimeConfiguration
  let session: SocketSession
  let surl: String
  let token: Secret
}

/// From nothing to an open socket, and the registration (REALTIME 3, 4.1, 4.5).
extension TrouterEventChannel {
  /// How the client describes itself, as the SDK for browsers does: the template names the forms of the events.
  private static let description: JSONObject = [
    "appId": "AcsWeb", "templateKey": "AcsWeb_Chat_1.8", "platform": "SPOOL",
    "platformUIVersion": "0.0.0", "languageId": "en-US", "aesKey": "",
  ]
  /// How long a registration lasts; that of the SDKs for telephones.
  private static let ttl = Duration.seconds(3600)

  func connect() async throws -> EventPlace {
    let configuration = try await configuration()
    let attempt = state.withLock { state in
      defer { state.attempts += 1 }
      return RealTimeRequests.Attempt(
        endpointID: endpointID, startedOn: startedOn, number: state.attempts)
    }
    let action = "connecting to the service's events"
    let (answer, _) = try await send(during: action) { token in
      requests.connection(by: configuration, attempt: attempt, token: token)
    }
    let connection = try TrouterConnection(bytes: answer.body)
    let (greeting, token) = try await send(during: action) { token in
      try requests.handshake(connection, attempt: attempt, token: token)
    }
    let session = try SocketSession(text: String(decoding: greeting.body, as: UTF8.self))
    guard session.transports.contains("websocket") else {
      throw ServiceError(.unsupported, "The service's events do not come over a WebSocket.")
    }
    let socket: any MessageSocket
    do {
      socket = try await connector.connect(
        try requests.socket(session, of: connection, attempt: attempt))
    } catch {
      throw ServiceError(error, during: action)
    }
    return EventPlace(
      socket: socket, configuration: configuration, session: session, surl: connection.surl,
      token: token)
  }

  /// Where events come from; a resource that does not know the question has none.
  private func configuration() async throws -> RealTimeConfiguration {
    do {
      return try await exchange.answer(
        to: RealTimeRequests.configuration(endpoint: endpoint),
        during: "asking where the service's events come from")
    } catch let error as ServiceError where [404, 405, 410, 501].contains(error.status) {
      throw ServiceError(
        .unsupported, "The resource has no real-time events. \(error.message)",
        status: error.status)
    }
  }

  /// Registers the address `surl`.
  ///
  /// - Returns: For how long.
  func register(_ surl: String, by configuration: RealTimeConfiguration) async throws -> Duration {
    let ttl = TrouterEventChannel.ttl
    let registration = RegistrationRequest(
      registrationID: state.withLock { $0.registrationID },
      clientDescription: TrouterEventChannel.description,
      transports: [
        "TROUTER": [
          RegistrationRequest.Transport(path: surl, ttl: Int(ttl.components.seconds))
        ]
      ])
    _ = try await send(during: "registering for the service's events") { token in
      requests.register(registration, by: configuration, token: token)
    }
    state.withLock { $0.forcedRefreshes = 0 }
    return ttl
  }

  /// Ends the registration, though the task is cancelled; that it fails is of no matter, for it ends by itself.
  func unregister(by configuration: RealTimeConfiguration) async {
    // The next connection may register before this one's end has reached the registrar.
    let next = random.uuid()
    let id = state.withLock { state in
      defer { state.registrationID = next }
      return state.registrationID
    }
    // A cancelled task sends nothing, so another one does it, and is waited for.
    await Task(executorPreference: executor) {
      _ = try? await self.send(during: "ending the registration for events") { token in
        self.requests.unregister(id, by: configuration, token: token)
      }
    }.value
  }

  /// Sends with the token in the field of the service of events; after a 401 again with another one.
  private func send(
    during action: String, _ request: (Secret) throws -> HTTPRequest
  ) async throws -> (HTTPResponse, Secret) {
    do {
      var token = try await credential.token()
      while true {
        let response = try await transport.exchange(try request(token))
        if response.isSuccess {
          credential.accepted(token)
          return (response, token)
        }
        var refusal = ServiceError(response, during: action)
        guard response.status == 401 else { throw refusal }
        let isLast = state.withLock { state in
          guard state.forcedRefreshes < TrouterEventChannel.refreshLimit else { return true }
          state.forcedRefreshes += 1
          return false
        }
        guard !isLast else {
          refusal.code = .authFailed
          throw refusal
        }
        token = try await credential.token(insteadOf: token)
      }
    } catch {
      throw ServiceError(error, during: action)
    }
  }
}
