import ACSTypes
import ACSWire
import ServiceAuth
import Services
import TestKit
import Testing

@testable import Emulator

/// An emulator in memory with a clock and short ways to ask it.
final class Bench {
  /// The same for all tests: making a key takes a tenth of a second.
  static let tokenKey = Result { try RSAKey.generate() }
  static let entraKey = Result { try RSAKey.generate() }
  static let origin = "https://127.0.0.1:7751"

  let emulator: Emulator
  let clock = ManualClock()
  let key = AccessKey(random: SeededRandom(seed: 11))
  /// What the last request gave to post.
  var deliveries: [WebhookDelivery] = []

  private var last = 0

  init(
    path: String? = nil, seed: UInt64 = 1, entra: EntraSettings = EntraSettings(),
    changing change: (inout EmulatorRules) -> Void = { _ in }
  ) throws {
    var rules = EmulatorRules()
    change(&rules)
    emulator = try Emulator(
      path: path, accessKeys: [key], tokenKey: try Bench.tokenKey.get(), entra: entra,
      entraKey: try Bench.entraKey.get(), rules: rules,
      random: SeededRandom(seed: seed))
  }

  /// Sends a request as it is.
  @discardableResult
  func send(_ request: HTTPRequest) -> HTTPResponse {
    let reply = emulator.respond(to: request, now: clock.now)
    deliveries = reply.deliveries
    return reply.response
  }

  /// Sends a request with a user access token.
  @discardableResult
  func send(_ request: HTTPRequest, as user: User) -> HTTPResponse {
    var request = request
    request.headers["Authorization"] = "Bearer \(user.token.reveal())"
    return send(request)
  }

  /// Sends a request signed with the access key.
  @discardableResult
  func signed(_ request: HTTPRequest) -> HTTPResponse {
    send(HMACSigner.sign(request, with: key, now: clock.now))
  }

  /// A request by its parts; the target lacks only the api-version.
  func request(
    _ method: String, _ target: String, _ body: JSONValue? = nil, version: String? = "2024-03-07",
    headers: HTTPHeaders = [:]
  ) -> HTTPRequest {
    let mark = target.contains("?") ? "&" : "?"
    return HTTPRequest(
      method: method, origin: Bench.origin,
      target: target + (version.map { "\(mark)api-version=\($0)" } ?? ""), headers: headers,
      body: body?.bytes ?? [])
  }

  /// Asks the administration.
  func administer(
    _ method: String, _ target: String, _ body: JSONValue? = nil, text: String? = nil
  ) -> HTTPResponse {
    let reply = emulator.administer(
      HTTPRequest(
        method: method, origin: "http://localhost", target: target,
        body: text.map { Array($0.utf8) } ?? body?.bytes ?? []), now: clock.now)
    deliveries = reply.deliveries
    return reply.response
  }

  /// A number that was not given before.
  func fresh() -> Int {
    last += 1
    return last
  }

  /// Registers a web hook and answers its validation.
  func subscribe(_ url: String) throws {
    let subscription = try emulator.subscribe(to: url)
    let answer: JSONValue = ["validationResponse": .string(subscription.validationCode)]
    #expect(
      emulator.validated(
        subscription.id, by: HTTPResponse(status: 200, body: answer.bytes), now: clock.now))
  }

  /// The events that are to be posted now, each of which is answered by `status`.
  func eventPosts(_ status: Int? = 200) -> [WebhookDelivery] {
    var deliveries: [WebhookDelivery] = []
    while case let lists = emulator.dueEvents(now: clock.now), !lists.isEmpty {
      for list in lists {
        for post in list {
          deliveries.append(post.delivery)
          emulator.eventPosted(post.id, status: status, now: clock.now)
        }
        emulator.eventsReleased(for: list[0].delivery.url)
      }
    }
    return deliveries
  }

  /// The events themselves, without the lists around them.
  func gridEvents(_ status: Int? = 200) throws -> [JSONValue] {
    try eventPosts(status).map { try #require(try JSONValue.parse($0.body)[0]) }
  }

  /// Asks the administration interface.
  @discardableResult
  func administer(_ method: String, _ target: String, _ body: JSONValue? = nil) -> HTTPResponse {
    emulator.administer(
      HTTPRequest(
        method: method, origin: "http://127.0.0.1:7753", target: target,
        headers: ["Host": "127.0.0.1:7753"], body: body?.bytes ?? []), now: clock.now
    ).response
  }

  /// Switches a fault on and gives its id.
  @discardableResult
  func fault(_ kind: FaultKind, _ members: JSONObject = [:]) throws -> String {
    var body: JSONObject = ["kind": .string(kind.rawValue)]
    for member in members.members { body[member.name] = member.value }
    let response = administer("POST", "/faults", .object(body))
    #expect(response.status == 201, "\(response.text)")
    return try #require(try JSONValue.parse(response.body)["id"]?.string)
  }

  /// A new identity with a token.
  func user(_ scopes: [TokenScope] = [.chat, .voip]) throws -> User {
    let response = signed(
      IdentityRequests(endpoint: Bench.origin).create(scopes: scopes, expiresInMinutes: nil))
    let result = try CommunicationIdentityAccessTokenResult(bytes: response.body)
    return User(
      id: CommunicationIdentifier(rawID: result.identity.id),
      token: try #require(result.accessToken).token)
  }

  /// Somebody with a new token.
  func renewed(_ user: User) throws -> User {
    let response = signed(
      IdentityRequests(endpoint: Bench.origin).issueToken(
        for: user.id, scopes: [.chat, .voip], expiresInMinutes: nil))
    let result = try AccessTokenModel(bytes: response.body)
    return User(id: user.id, token: result.token)
  }

  /// A new thread of `owner` and others, by its id.
  func thread(_ owner: User, _ others: User..., topic: String = "Boats") throws -> ChatThreadID {
    let response = send(
      ChatRequests(endpoint: Bench.origin).createThread(
        topic: topic, participants: others.map { ChatParticipant(identifier: $0.id) },
        requestID: "request \(clock.now.milliseconds) \(topic)"), as: owner)
    let result = try CreateChatThreadResult(bytes: response.body)
    return ChatThreadID(try #require(result.chatThread).id)
  }

  /// Sends a text and gives the message's id.
  @discardableResult
  func say(_ text: String, as user: User, in thread: ChatThreadID) throws -> ChatMessageID {
    let response = send(
      chat.sendMessage(SendChatMessageRequest(content: text), to: thread), as: user)
    return ChatMessageID(try SendChatMessageResult(bytes: response.body).id)
  }

  /// A page of a list.
  func page<Model: WireValue>(
    _ request: HTTPRequest, as user: User, of model: Model.Type
  ) throws -> PageModel<Model> {
    try PageModel(bytes: send(request, as: user).body)
  }

  let chat = ChatRequests(endpoint: Bench.origin)
  let calls = CallAutomationRequests(endpoint: Bench.origin)
}

/// Somebody with a token.
struct User {
  let id: CommunicationIdentifier
  let token: Secret
}

/// Says that an answer is a refusal as Chat writes it.
func expectChatError(
  _ response: HTTPResponse, _ status: Int, _ code: String, _ message: String?,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(response.status == status, sourceLocation: sourceLocation)
  let lines = ["    \"Code\": \"\(code)\""] + (message.map { ["    \"Message\": \"\($0)\""] } ?? [])
  let body =
    "{\r\n  \"CommunicationError\": {\r\n" + lines.joined(separator: ",\r\n")
    + ",\r\n    \"Details\": []\r\n  }\r\n}"
  #expect(response.text == body, sourceLocation: sourceLocation)
  #expect(response.headers["Content-Type"] == "application/json", sourceLocation: sourceLocation)
  #expect(
    response.headers["X-Confab-Why"]?.isEmpty == false, sourceLocation: sourceLocation)
}

/// Says that an answer is a refusal as the other services write it.
func expectError(
  _ response: HTTPResponse, _ status: Int, _ code: String, _ message: String,
  target: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(response.status == status, sourceLocation: sourceLocation)
  let model = ServiceErrorModel(code: code, message: message, target: target)
  #expect(
    try ErrorEnvelope(bytes: response.body) == ErrorEnvelope(error: model),
    sourceLocation: sourceLocation)
  #expect(response.headers["Content-Type"] == "application/json", sourceLocation: sourceLocation)
  #expect(
    response.headers["X-Confab-Why"]?.isEmpty == false, sourceLocation: sourceLocation)
}
