import ACSTypes
import Testing

@testable import ACSAuth

@Suite("TokenServiceRequests")
struct TokenServiceRequestsTests {
  @Test(
    "what the address has no place for is added to its query",
    arguments: [
      ("http://127.0.0.1:7760/token", "Alice", "/token?user=Alice&scope=chat,voip"),
      (
        "http://127.0.0.1:7760/token", "Ann & Bo/é",
        "/token?user=Ann%20%26%20Bo%2F%C3%A9&scope=chat,voip"
      ),
      ("http://127.0.0.1:7760/token", "", "/token?scope=chat,voip"),
      ("http://127.0.0.1:7760/token?", "Alice", "/token?user=Alice&scope=chat,voip"),
      (
        "http://127.0.0.1:7760/token?code=k%3D", "Alice",
        "/token?code=k%3D&user=Alice&scope=chat,voip"
      ),
      ("http://127.0.0.1:7760/token?user=Bob&scope=chat", "Alice", "/token?user=Bob&scope=chat"),
      ("http://127.0.0.1:7760/{user}/token", "A/B", "/A%2FB/token?scope=chat,voip"),
      (
        "http://127.0.0.1:7760/token?name={user}&for={scope}", "A B",
        "/token?name=A%20B&for=chat,voip"
      ),
      ("http://127.0.0.1:7760", "Alice", "/?user=Alice&scope=chat,voip"),
    ])
  func get(url: String, user: String, target: String) throws {
    let requests = try TokenServiceRequests(TokenServiceSettings(url: url, userName: user))
    let request = try requests.token([])
    #expect(request.method == "GET")
    #expect(request.origin == "http://127.0.0.1:7760")
    #expect(request.target == target)
    #expect(request.timeout == .seconds(10))
  }

  @Test(
    "a POST carries the user and the scopes in its body, encoded for it",
    arguments: [
      (nil, #"{"user":"A \"B\"","scope":"chat,voip"}"#, "application/json"),
      (#"{"Name":"{user}"}"#, #"{"Name":"A \"B\""}"#, "application/json"),
      ("u={user}&s={scope}", "u=A%20%22B%22&s=chat%2Cvoip", "application/x-www-form-urlencoded"),
    ])
  func post(template: String?, body: String, type: String) throws {
    let settings = TokenServiceSettings(
      url: "https://example.com/token?code=1", method: .post, body: template, userName: #"A "B""#)
    let request = try TokenServiceRequests(settings).token([])
    #expect(request.method == "POST")
    #expect(request.target == "/token?code=1")
    #expect(String(decoding: request.body, as: UTF8.self) == body)
    #expect(request.headers["Content-Type"] == type)
  }

  @Test("header fields of the settings replace ours")
  func headers() throws {
    let settings = TokenServiceSettings(
      url: "https://example.com/token",
      headers: [
        .init(name: "x-functions-key", value: Secret("k")),
        .init(name: "accept", value: Secret("*/*")),
      ], userName: "Alice")
    let request = try TokenServiceRequests(settings).token([
      LoginProof(name: "x-functions-key", value: Secret("k")),
      LoginProof(name: "accept", value: Secret("*/*")),
    ])
    #expect(request.headers["X-Functions-Key"] == "k")
    #expect(request.headers.fields.map(\.name) == ["x-functions-key", "accept"])
  }

  @Test(
    "the next token of a known user comes from its own address",
    arguments: [
      ("http://127.0.0.1:7760/refreshToken/{userId}", "/refreshToken/8%3Aacs%3A5d1c_alice"),
      ("http://127.0.0.1:7760/refreshToken", "/refreshToken/8%3Aacs%3A5d1c_alice"),
      ("http://127.0.0.1:7760/refreshToken/", "/refreshToken/8%3Aacs%3A5d1c_alice"),
      ("http://127.0.0.1:7760/r?id={userId}", "/r?id=8%3Aacs%3A5d1c_alice"),
    ])
  func refresh(url: String, target: String) throws {
    let settings = TokenServiceSettings(
      url: "http://127.0.0.1:7760/token", userName: "Alice", refreshURL: url)
    let request = try #require(
      try TokenServiceRequests(settings).refresh(
        CommunicationIdentifier(rawID: "8:acs:5d1c_alice"), [])
    )
    #expect(request.method == "POST")
    #expect(request.target == target)
    #expect(request.body.isEmpty)
  }

  @Test("what is in the query is up to the settings, encoded, beside what the address has")
  func query() throws {
    let settings = TokenServiceSettings(
      url: "https://example.com/token?code=1&name=fixed", method: .post,
      query: [
        .init(name: "name", value: "lost"), .init(name: "for", value: "{user}@x & co"),
        .init(name: "scopes", value: "{scope}"), .init(name: "id", value: "{userId}"),
      ], userName: "A B")
    let requests = try TokenServiceRequests(settings)
    #expect(
      try requests.token([]).target
        == "/token?code=1&name=fixed&for=A%20B%40x%20%26%20co&scopes=chat%2Cvoip&id=")
    let alice = CommunicationIdentifier(rawID: "8:acs:5d1c_alice")
    #expect(try requests.token(for: alice, []).target.hasSuffix("&id=8%3Aacs%3A5d1c_alice"))
    let none = TokenServiceSettings(url: "https://example.com/token", query: [], userName: "A")
    #expect(try TokenServiceRequests(none).token([]).target == "/token")
  }

  @Test("the user is filled into body and header fields, each encoded for its place, in one pass")
  func places() throws {
    let alice = CommunicationIdentifier(rawID: "8:acs:5d1c_alice")
    let settings = TokenServiceSettings(
      url: "https://example.com/{userId}/{user}", method: .put,
      headers: [.init(name: "x-user", value: Secret("{user} for {scope}"))],
      body: #"{"who":"{user}","id":"{userId}","{x}":1}"#, userName: #"{scope}"q"#)
    let request = try TokenServiceRequests(settings).token(
      for: alice,
      [
        LoginProof(name: "x-user", value: Secret("{user} for {scope}")),
        LoginProof(name: "Authorization", value: Secret("Bearer {user}")),
      ])
    #expect(request.method == "PUT")
    #expect(request.target == "/8%3Aacs%3A5d1c_alice/%7Bscope%7D%22q")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"who":"{scope}\"q","id":"8:acs:5d1c_alice","{x}":1}"#)
    #expect(request.headers["x-user"] == #"{scope}"q for chat,voip"#)
    // A secret is sent as it is.
    #expect(request.headers["Authorization"] == "Bearer {user}")
  }

  static let addressWords = """
    is no address. Write http:// or https://, a host and a path, without a user name or password.
    """

  @Test(
    "settings that cannot work are refused before anything is sent",
    arguments: [
      (TokenServiceSettings(url: "", userName: "A"), "The token service's url \(addressWords)"),
      (
        TokenServiceSettings(url: "http://me:pw@example.com/", userName: "A"),
        "The token service's url \(addressWords)"
      ),
      (
        TokenServiceSettings(url: "http://example.com/", userName: "A", refreshURL: "/refresh"),
        "The token service's refreshURL \(addressWords)"
      ),
      (
        TokenServiceSettings(
          url: "http://example.com/", headers: [.init(name: "X", value: Secret("a\r\nB: c"))],
          userName: "A"),
        """
        A header field of the token service cannot be sent. Its name must have no blanks and colons, its value no \
        line breaks.
        """
      ),
    ])
  func refused(settings: TokenServiceSettings, message: String) {
    let error = #expect(throws: ServiceError.self) { try TokenServiceRequests(settings) }
    #expect(error == ServiceError(.badSettings, message))
  }
}
