import ACSTypes
import ACSWire
import Testing

@Suite("How a client comes to real-time events")
struct RealTimeRequestTests {
  let requests = RealTimeRequests(clientName: "test/1")
  let configuration = RealTimeConfiguration(
    trouterServiceURL: "https://t.example/",
    registrarServiceURL: "https://r.example/registrar/prod",
    cloudType: nil)
  let attempt = RealTimeRequests.Attempt(
    endpointID: "e p", startedOn: Timestamp(milliseconds: 5), number: 2)
  let connection = TrouterConnection(
    socketIO: "https://s.example:443/", surl: "https://s.example/v4/f/x/", ccid: "c",
    registrarURL: nil, connectParameters: ["sr": "x", "sig": "a+b="])

  @Test("each step goes where the one before said, the token in its own field")
  func steps() throws {
    let first = RealTimeRequests.configuration(endpoint: "https://acs.example/")
    #expect(first.origin == "https://acs.example")
    #expect(first.target == "/chat/config/realTimeNotifications?api-version=2024-09-01")
    let place = requests.connection(by: configuration, attempt: attempt, token: Secret("k"))
    #expect(place.method == "POST")
    #expect(place.origin + place.target == "https://t.example/v4/a?epid=e%20p")
    #expect(place.headers["X-Skypetoken"] == "k")
    let handshake = try requests.handshake(connection, attempt: attempt, token: Secret("k"))
    #expect(handshake.origin == "https://s.example:443")
    #expect(
      handshake.target == "/socket.io/1/?v=v4&sig=a%2Bb%3D&sr=x&tc=%7B%22cv%22%3A%22test%2F1%22%2C"
        + "%22ua%22%3A%22test%2F1%22%2C%22hr%22%3A%22%22%2C%22v%22%3A%22test%2F1%22%7D&con_num=5_2"
        + "&epid=e%20p&ccid=c&auth=true&timeout=40")
    let session = SocketSession(id: "s1", heartbeat: nil, closing: nil, transports: ["websocket"])
    let socket = try requests.socket(session, of: connection, attempt: attempt)
    #expect(socket.target.hasPrefix("/socket.io/1/websocket/s1?v=v4&"))
    #expect(socket.headers["X-Skypetoken"] == nil)
    #expect(requests.socket(by: configuration, attempt: attempt).target.hasPrefix("/v4/c?v=v4&tc="))
  }

  @Test("registering and its end go to the registrar, whose path is kept")
  func registrar() throws {
    let registration = RegistrationRequest(
      registrationID: "r/1", clientDescription: [:],
      transports: ["TROUTER": [RegistrationRequest.Transport(path: "p", ttl: 60)]])
    let begin = requests.register(registration, by: configuration, token: Secret("k"))
    #expect(begin.origin + begin.target == "https://r.example/registrar/prod/v3/registrations")
    #expect(try RegistrationRequest(bytes: begin.body) == registration)
    let end = requests.unregister("r/1", by: configuration, token: Secret("k"))
    #expect(end.method == "DELETE")
    #expect(end.target == "/registrar/prod/v3/registrations/r%2F1")
  }

  @Test("a connection that does not say where is refused")
  func nowhere() {
    let connection = TrouterConnection(
      socketIO: nil, surl: "s", ccid: nil, registrarURL: nil, connectParameters: [:])
    #expect(throws: WireError.self) {
      try requests.handshake(connection, attempt: attempt, token: Secret("k"))
    }
  }

  @Test(
    "a session is read and written",
    arguments: [
      (
        "a:70:70:websocket",
        SocketSession(
          id: "a", heartbeat: .seconds(70), closing: .seconds(70), transports: ["websocket"])
      ),
      (
        "a:180::websocket,xhr-polling",
        SocketSession(
          id: "a", heartbeat: .seconds(180), closing: nil,
          transports: ["websocket", "xhr-polling"])
      ),
    ])
  func sessions(text: String, session: SocketSession) throws {
    #expect(try SocketSession(text: text) == session)
    #expect(session.text == text)
  }

  @Test(
    "what is no session is refused",
    arguments: ["", "a", "a:1:2", ":1:2:websocket", "a:x:2:w", "a:-1:2:w", "a:1234567:2:w"])
  func noSession(text: String) {
    #expect(throws: WireError.self) { try SocketSession(text: text) }
  }

  @Test("what a client tells by name has the known forms")
  func names() throws {
    #expect(SocketEvent.ping.json.text == #"{"name":"ping","args":[]}"#)
    #expect(
      SocketEvent.activity(isActive: false, vector: "v").json.text
        == #"{"name":"user.activity","args":[{"state":"inactive","cv":"v.0.1"}]}"#)
    #expect(
      SocketEvent.authenticate(Secret("k"), parameters: ["sr": "x"]).json.text
        == #"{"name":"user.authenticate","args":[{"headers":{"Authorization":"Bearer k"},"#
        + #""connectparams":{"sr":"x"}}]}"#)
    let loss = MessageLoss([MessageLoss.Indicator(tag: "", etag: "2025-11-14T20:15:24.4104953Z")])
    let event = try SocketEvent(text: SocketEvent.messageLoss(loss).json.text)
    #expect(event.name == SocketEvent.Name.messageLoss)
    #expect(try MessageLoss(json: try #require(event.arguments.first)) == loss)
    #expect(SocketEvent.processed(loss).arguments == event.arguments)
    #expect(throws: WireError.self) { try MessageLoss(text: "{}") }
  }
}
