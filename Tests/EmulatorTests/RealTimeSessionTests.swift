import ACSTypes
import ACSWire
import ServiceAuth
import Synchronization
import Services
import TestKit
import Testing

@testable import Emulator

@Suite("Sockets of real-time events")
struct RealTimeSessionTests {
  @Test("the configuration names our own addresses, for any api-version")
  func configuration() throws {
    let bench = try Bench()
    let user = try bench.user()
    for version in ["2024-09-01", "2031-01-01", nil] {
      let request = bench.request("GET", "/chat/config/realTimeNotifications", version: version)
      let answer = try RealTimeConfiguration(bytes: bench.send(request, as: user).body)
      #expect(answer.trouterServiceURL == Bench.origin)
      #expect(answer.registrarServiceURL == "\(Bench.origin)/registrar/prod")
      #expect(bench.send(request).status == 401)
    }
  }

  @Test("a socket in two steps is connected, told so, and told once that events may be lost")
  func twoSteps() throws {
    let bench = try Bench()
    let client = EventClient(bench, try bench.user())
    try client.connect()
    var texts = client.inbox.fresh
    #expect(texts.first == "1::")
    #expect(texts.count == 3)
    #expect(texts[1].hasPrefix(#"5:1::{"name":"trouter.connected""#))
    #expect(texts[2].hasPrefix(#"5:2::{"name":"trouter.message_loss""#))
    #expect(texts[2].contains("droppedIndicators"))
    client.close()
    try client.connect(again: true)
    texts = client.inbox.fresh
    #expect(texts.count == 2, "a client that comes back lost nothing")
  }

  @Test(
    "what it is told has the forms of the service: seconds as text, tags, times with seven digits")
  func greeting() throws {
    let bench = try Bench()
    let client = EventClient(bench, try bench.user())
    try client.connect()
    let events = try client.inbox.fresh.dropFirst().map { text in
      try SocketEvent(text: try SocketFrame(text: text).data)
    }
    let connected = try #require(events.first?.arguments.first)
    #expect(connected["ttl"]?.integer == 86_400)
    #expect(connected["dur"]?.string != nil)
    let indicators = try #require(events.last?.arguments.first?["droppedIndicators"]?.array)
    #expect(indicators.map { $0["tag"] } == [""])
    let etag = try #require(indicators.first?["etag"]?.string)
    #expect(etag.split(separator: ".").last?.count == 8, "seven digits and Z")
    #expect(Timestamp(iso8601: etag) == bench.clock.now)
  }

  @Test("cached parameters open nothing once the token behind them has expired")
  func expiredParameters() throws {
    let bench = try Bench { $0.tokenLifetime = .seconds(60) }
    let client = try bench.listener(try bench.user())
    client.close()
    bench.wait(.seconds(61))
    let query = try #require(client.connection).connectParameters
      .map { "\($0.key)=\($0.value.percentEncoded)" }.joined(separator: "&")
    let response = bench.send(bench.request("GET", "/socket.io/1/?\(query)", version: nil))
    #expect(response.status == 401)
    #expect(response.headers["X-Confab-Why"]?.contains("X-Skypetoken") == true)
  }

  @Test("a deleted identity's socket ends, and so do its registrations")
  func deleted() throws {
    let bench = try Bench()
    let (user, other) = (try bench.user(), try bench.user())
    let thread = try bench.thread(other, user)
    let client = try bench.listener(user)
    bench.signed(
      bench.request(
        "DELETE", "/identities/\(user.id.rawID.percentEncoded)", version: "2023-10-01"))
    #expect(client.inbox.fresh.contains { $0.hasPrefix("7:::unauthorized+") })
    #expect(client.inbox.isClosed)
    try bench.say("gone", as: other, in: thread)
    #expect(client.inbox.fresh == [])
    #expect(client.send("POST", "/v4/a").status == 401)
  }

  @Test(
    "a script in a browser may read the answers of what it calls to connect",
    arguments: [
      "/chat/config/realTimeNotifications", "/v4/a", "/socket.io/1/?sr=x", "/v4/h",
      "/registrar/prod/v3/registrations",
    ])
  func browsers(target: String) throws {
    let bench = try Bench()
    let method = target.hasPrefix("/registrar") ? "POST" : "GET"
    let origin = ["Origin": "https://app.example"] as HTTPHeaders
    let answer = bench.send(bench.request(method, target, version: nil, headers: origin))
    #expect(answer.headers["Access-Control-Allow-Origin"] == "https://app.example")
    #expect(answer.headers["Access-Control-Allow-Credentials"] == "true")
    var preflight = bench.request("OPTIONS", target, version: nil, headers: origin)
    preflight.headers["Access-Control-Request-Method"] = method
    preflight.headers["Access-Control-Request-Headers"] = "x-skypetoken"
    let allowed = bench.send(preflight)
    #expect(allowed.status == 204)
    #expect(allowed.headers["Access-Control-Allow-Headers"] == "x-skypetoken")
  }

  @Test("a socket in one step is connected once it authenticates, and takes up its flow again")
  func oneStep() throws {
    let bench = try Bench()
    let client = EventClient(bench, try bench.user())
    try client.open("/v4/c?epid=e&v=v4")
    #expect(client.inbox.fresh == ["1::"])
    func authenticate(_ parameters: JSONValue) throws -> TrouterConnection {
      let headers: JSONValue = ["Authorization": .string("Bearer \(client.user.token.reveal())")]
      let event = SocketEvent(
        "user.authenticate", [["headers": headers, "connectparams": parameters] as JSONValue])
      client.say("5:::\(event.json.text)")
      let frame = try SocketFrame(text: try #require(client.inbox.fresh.first))
      let connected = try SocketEvent(text: frame.data)
      #expect(connected.name == "trouter.connected")
      return try TrouterConnection(json: try #require(connected.arguments.first))
    }
    let first = try authenticate([:])
    client.close()
    try client.open("/v4/c?epid=e&v=v4")
    _ = client.inbox.fresh
    let second = try authenticate(try #require(first.json["connectparams"]))
    #expect(first.surl == second.surl)
    client.close()
    try client.open("/v4/c?epid=e&v=v4")
    _ = client.inbox.fresh
    #expect(try authenticate(["sr": "x", "sig": "y"]).surl != first.surl)
  }

  @Test("who does not authenticate, or not rightly, is told and closed")
  func unauthenticated() throws {
    let bench = try Bench()
    let client = EventClient(bench, try bench.user())
    try client.open("/v4/c")
    client.say(
      #"5:::{"name":"user.authenticate","args":[{"headers":{"Authorization":"Bearer x"}}]}"#)
    #expect(client.inbox.fresh.contains { $0.hasPrefix("7:::unauthorized+") })
    #expect(client.inbox.isClosed)
    try client.open("/v4/c")
    bench.wait(.seconds(41))
    #expect(client.inbox.isClosed)
  }

  @Test("heartbeats go out, and who is silent is closed; echoes come to rest")
  func heartbeats() throws {
    let bench = try Bench()
    let client = EventClient(bench, try bench.user())
    try client.connect()
    _ = client.inbox.fresh
    bench.wait(.seconds(26))
    #expect(client.inbox.fresh == ["2::"])
    client.say("2::")
    #expect(client.inbox.fresh == [], "an echo is not echoed")
    bench.wait(.seconds(2))
    client.say("2::")
    #expect(client.inbox.fresh == ["2::"], "the client's own is")
    client.say("2::")
    #expect(client.inbox.fresh == [])
    bench.wait(.seconds(71))
    #expect(client.inbox.fresh.contains { $0.hasPrefix("7:::timeout+") })
    #expect(client.inbox.isClosed)
  }

  @Test("events of a client are acknowledged when it asks")
  func acknowledgements() throws {
    let bench = try Bench()
    let client = try bench.listener(try bench.user())
    client.say(#"5:1+::{"name":"ping"}"#)
    client.say(#"5:2+::{"name":"user.activity","args":[{"state":"active","cv":"a.0.1"}]}"#)
    client.say(#"5:3+::{"name":"somethingNew"}"#)
    client.say(#"5:::{"name":"ping"}"#)
    client.say("6:1::")
    client.say("8::")
    #expect(client.inbox.fresh == [#"6:::1+["pong"]"#, "6:::2+[]", "6:::3+[]"])
  }

  @Test(
    "frames that break the form end the socket with words",
    arguments: [
      "", "x", "9::", "5:1+::", "5:1+::[]", "5:::{", #"5:::{"name":1}"#, "3:::", "3:::{}", "4:::{}",
      #"3:::{"id":1,"status":1}"#, "5:99999999999::{}",
      "3:::" + String(repeating: "[", count: 10_000), String(repeating: "2", count: 65_537),
    ])
  func hostile(text: String) throws {
    let bench = try Bench()
    let client = try bench.listener(try bench.user())
    client.say(text)
    #expect(client.inbox.fresh.contains { $0.hasPrefix("7:::") && $0.contains("+") })
    #expect(client.inbox.isClosed)
  }

  @Test("answers to nothing are passed over")
  func strayAnswers() throws {
    let bench = try Bench()
    let client = try bench.listener(try bench.user())
    client.say(#"3:::{"id":77,"status":200}"#)
    client.say(#"3:::{"id":-1,"status":200}"#)
    #expect(client.inbox.fresh == [])
    #expect(!client.inbox.isClosed)
  }

  @Test("sessions are for one socket and a short while, and nobody guesses them")
  func sessions() throws {
    let bench = try Bench()
    let user = try bench.user()
    func isRefused(_ target: String) -> Bool {
      let request = bench.request("GET", target, version: nil)
      guard case .refused(let reply) = bench.emulator.admitSocket(request, now: bench.clock.now)
      else { return false }
      let response = reply.response
      return response.status == 401 && response.headers["X-Confab-Why"]?.isEmpty == false
    }
    #expect(isRefused("/socket.io/1/websocket/nonsense"))
    let client = EventClient(bench, user)
    let connection = try TrouterConnection(bytes: client.send("GET", "/v4/a").body)
    let query = connection.connectParameters.map { "\($0)=\($1.percentEncoded)" }
      .joined(separator: "&")
    let session = client.send("GET", "/socket.io/1/?\(query)").text
    #expect(session.hasSuffix(":70:70:websocket"))
    bench.wait(.seconds(41))
    #expect(isRefused("/socket.io/1/websocket/\(session.prefix { $0 != ":" })"))
    #expect(client.send("GET", "/socket.io/1/?sr=x&sig=y").status == 401)
    #expect(client.send("GET", "/socket.io/1/").status == 401)
    let other = EventClient(bench, try bench.user())
    #expect(other.send("GET", "/socket.io/1/?\(query)").status == 401)
  }

  @Test("a registration takes a good token and a path of one's own")
  func registrations() throws {
    let bench = try Bench()
    let client = EventClient(bench, try bench.user())
    try client.connect()
    for version in ["v2", "V2", "v3"] {
      #expect(try client.register(version: version).status == 202)
    }
    #expect(try client.register(version: "v9").status == 404)
    #expect(try client.register("").status == 400)
    #expect(try client.register(String(repeating: "r", count: 201)).status == 400)
    #expect(try client.register(ttl: 0).status == 400)
    let stranger = EventClient(bench, try bench.user())
    stranger.connection = client.connection
    #expect(try stranger.register().status == 400)
    let target = "/registrar/prod/v3/registrations"
    #expect(bench.send(bench.request("POST", target, version: nil)).status == 401)
    #expect(
      client.send("POST", target, ["x": .string(String(repeating: "x", count: 20_000))]).status
        == 413)
    #expect(client.send("DELETE", "\(target)/r").status == 202)
    #expect(client.send("DELETE", "\(target)/r").status == 202)
  }

  @Test("a revoked or expired token ends the socket")
  func ends() throws {
    let bench = try Bench()
    let user = try bench.user()
    let client = try bench.listener(user)
    bench.signed(
      bench.request(
        "POST", "/identities/\(user.id.rawID.percentEncoded)/:revokeAccessTokens",
        version: "2023-10-01"))
    #expect(client.inbox.isClosed)
    let short = try Bench { $0.tokenLifetime = .seconds(60) }
    let late = try short.listener(try short.user())
    short.wait(.seconds(61))
    #expect(late.inbox.fresh.contains { $0.hasPrefix("7:::unauthorized+") })
    #expect(late.inbox.isClosed)
  }

  @Test("requests reach the client by its address, and its answer comes back, or 504")
  func pushes() throws {
    let bench = try Bench()
    let client = try bench.listener(try bench.user())
    let answers = Mutex<[HTTPResponse]>([])
    let path = try #require(client.connection).surl.dropFirst(Bench.origin.count)
    func push(_ target: String) {
      let request = HTTPRequest(
        method: "POST", origin: Bench.origin, target: target, body: Array("hello".utf8))
      bench.emulator.push(request, now: bench.clock.now) { answer in
        answers.withLock { $0.append(answer) }
      }
    }
    push("\(path)chat")
    let request = try #require(try client.requests().first)
    #expect(request.url == "\(path)chat")
    #expect(request.body == "hello")
    client.say(#"3:::{"id":\#(request.id),"status":201,"body":"hi"}"#)
    push("\(path)chat")
    bench.wait(.seconds(11))
    push("/v4/f/nobody/chat")
    client.close()
    push("\(path)chat")
    let all = answers.withLock { $0 }
    #expect(all.map(\.status) == [201, 504, 404, 504])
    #expect(all.first?.text == "hi")
  }
}
