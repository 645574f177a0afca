import ACSWire
import Testing

@Suite("The frames of real-time events")
struct SocketFrameTests {
  @Test(
    "each frame is written as it was read",
    arguments: [
      ("1::", SocketFrame(.connect)),
      ("2::", SocketFrame(.heartbeat)),
      ("0::", SocketFrame(.disconnect)),
      (#"3:::{"id":1}"#, SocketFrame(.message, data: #"{"id":1}"#)),
      ("5:1::{}", SocketFrame(.event, id: 1, data: "{}")),
      ("5:12+::{}", SocketFrame(.event, id: 12, wantsAcknowledgement: true, data: "{}")),
      (#"6:::3+["pong"]"#, SocketFrame.acknowledgement(of: 3, ["pong"])),
      ("6:::1+[]", SocketFrame.acknowledgement(of: 1, [])),
      ("6:7::", SocketFrame(.acknowledgement, id: 7)),
      ("7:::unauthorized+a:b", SocketFrame(.error, data: "unauthorized+a:b")),
      ("1::/chat", SocketFrame(.connect, endpoint: "/chat")),
    ])
  func forms(text: String, frame: SocketFrame) throws {
    #expect(try SocketFrame(text: text) == frame)
    #expect(frame.text == text)
  }

  @Test("trailing parts may be absent", arguments: ["0", "0:", "0::", "0:::"])
  func short(text: String) throws {
    #expect(try SocketFrame(text: text) == SocketFrame(.disconnect))
  }

  @Test(
    "what is no frame is refused",
    arguments: [
      "", ":", "9::", "a::", "10::", " 1::", "5:x::{}", "5:-1::", "5:++::", "5:1234567890::",
      "５::", "\u{0}::", "5:1 ::",
    ])
  func refused(text: String) {
    #expect(throws: WireError.self) { try SocketFrame(text: text) }
  }

  @Test(
    "both forms of acknowledgement name what they answer",
    arguments: [
      ("6:::3+[\"pong\"]", 3), ("6:4::", 4), ("6:::", nil), ("6:::x", nil), ("5:4::", nil),
    ])
  func acknowledged(text: String, id: Int?) throws {
    #expect(try SocketFrame(text: text).acknowledged == id)
  }

  @Test("every text is a frame or an error")
  func survives() {
    for first in 0...127 as ClosedRange<UInt8> {
      for rest in ["", ":", "::", ":::", ":1+:", ":+", "é:::"] {
        let text = String(UnicodeScalar(first)) + rest
        guard let frame = try? SocketFrame(text: text) else { continue }
        #expect((try? SocketFrame(text: frame.text)) == frame)
      }
    }
  }
}

@Suite("What the frames of real-time events carry")
struct SocketContentTests {
  @Test("a request and its response are read back as written, and in their shortest forms")
  func tunnel() throws {
    let request = TunnelledRequest(
      id: 3, method: "POST", url: "/v4/f/x/chatMessageReceived", headers: ["MS-CV": "a.0"],
      body: "{}")
    #expect(try TunnelledRequest(text: request.json.text) == request)
    let response = TunnelledResponse(id: 3, headers: ["MS-CV": "a.0"], body: "ok")
    #expect(try TunnelledResponse(text: response.json.text) == response)
    #expect(try TunnelledResponse(text: #"{"id":3,"status":200}"#) == TunnelledResponse(id: 3))
  }

  @Test(
    "responses that break the form are refused",
    arguments: [
      "", "[]", "{}", #"{"id":1}"#, #"{"id":"1","status":200}"#, #"{"id":1,"status":0}"#,
      #"{"id":1,"status":99999999999}"#, #"{"id":1,"status":200,"headers":[]}"#,
    ])
  func brokenResponses(text: String) {
    #expect(throws: WireError.self) { try TunnelledResponse(text: text) }
  }

  @Test("an event has arguments or none, and they are a list")
  func events() throws {
    #expect(try SocketEvent(text: #"{"name":"ping"}"#) == SocketEvent("ping"))
    let event = SocketEvent("user.activity", [["state": "active"]])
    #expect(try SocketEvent(text: event.json.text) == event)
    #expect(throws: WireError.self) { try SocketEvent(text: #"{"name":"ping","args":{}}"#) }
    #expect(throws: WireError.self) { try SocketEvent(text: #"{"args":[]}"#) }
  }

  @Test("a registration is read back as written; a broken transport is named")
  func registrations() throws {
    let request = RegistrationRequest(
      registrationID: "r", clientDescription: ["appId": "AcsWeb"],
      transports: ["TROUTER": [RegistrationRequest.Transport(path: "https://h/v4/f/x/", ttl: 3600)]]
    )
    #expect(try RegistrationRequest(text: request.json.text) == request)
    let broken =
      #"{"registrationId":"r","clientDescription":{},"transports":{"TROUTER":[{"path":"x"}]}}"#
    let error = #expect(throws: WireError.self) { try RegistrationRequest(text: broken) }
    #expect(error?.path == "transports.TROUTER[0].ttl")
  }

  @Test("places of a connection and of the services are read back as written")
  func places() throws {
    let connection = TrouterConnection(
      socketIO: "https://h/", surl: "https://h/v4/f/x/", ccid: "c",
      registrarURL: "https://h/registrar/prod", connectParameters: ["sr": "x", "sig": "y"],
      more: ["ttl": "60"])
    #expect(try TrouterConnection(text: connection.json.text) == connection)
    let places = RealTimeConfiguration(
      trouterServiceURL: "https://h", registrarServiceURL: "https://h/r", cloudType: "Public")
    #expect(try RealTimeConfiguration(text: places.json.text) == places)
  }
}
