import ACSTypes
import ACSWire
import TestKit
import Testing

@Suite(
  "Replay of Identity and SMS",
  .enabled(if: Recordings.areThere, "../shared/acs/recordings is absent"))
struct ReplayTests {
  /// One set of recordings, and how much there must be of it.
  struct Recorded: Sendable, CustomTestStringConvertible {
    let set: String
    let service: String
    let files: Int
    let exchanges: Int
    let replayed: Int
    /// Of those replayed, how many have a signed body that nobody changed afterwards.
    let hashes: Int
    var testDescription: String { "\(set)/\(service)" }
  }

  @Test(
    "the client sends what was recorded and understands the answer",
    arguments: [
      Recorded(
        set: "js-2023", service: "identity", files: 42, exchanges: 58, replayed: 58, hashes: 21),
      Recorded(
        set: "js-2023", service: "sms", files: 16, exchanges: 16, replayed: 16, hashes: 0),
      Recorded(
        set: "js-2021", service: "identity", files: 6, exchanges: 27, replayed: 9, hashes: 0),
      Recorded(
        set: "python-2021", service: "identity", files: 5, exchanges: 12, replayed: 0, hashes: 0),
      Recorded(
        set: "python-2021", service: "sms", files: 1, exchanges: 1, replayed: 0, hashes: 0),
    ])
  func replay(recorded: Recorded) async throws {
    let exchanges = try Recordings.exchanges(set: recorded.set, service: recorded.service)
    let left = try NotReplayed.all()
    var replayed = 0
    var hashes = 0
    for exchange in exchanges where !left.contains(where: { $0.fits(exchange) }) {
      let replay = try Replay(exchange)
      let outcome = try await replay.run()
      let sent = try #require(replay.sent, "\(exchange.file): one request")
      try expectSame(sent, as: exchange, isSigned: replay.isSigned)
      if let hash = exchange.requestHeaders["x-ms-content-sha256"], exchange.isUnchanged {
        #expect(sent.headers["x-ms-content-sha256"] == hash, "\(exchange.file): the body's bytes")
        hashes += 1
      }
      try expect(outcome, says: exchange)
      replayed += 1
    }
    print("\(recorded): \(replayed) of \(exchanges.count) exchanges, \(hashes) hashes")
    #expect(Set(exchanges.map(\.file)).count == recorded.files)
    #expect(exchanges.count == recorded.exchanges)
    #expect(replayed == recorded.replayed)
    #expect(hashes == recorded.hashes)
  }

  @Test("every line of the list of those left out is about something")
  func list() throws {
    let exchanges = try [
      ("js-2023", "identity"), ("js-2023", "sms"), ("js-2021", "identity"),
      ("python-2021", "identity"), ("python-2021", "sms"),
    ].flatMap { try Recordings.exchanges(set: $0.0, service: $0.1) }
    for line in try NotReplayed.all() {
      #expect(exchanges.contains { line.fits($0) }, "\(line.file) \(line.request)")
    }
  }

  /// Method, path, query, headers that matter, and body.
  private func expectSame(
    _ sent: HTTPRequest, as recorded: RecordedExchange, isSigned: Bool
  ) throws {
    let name = Comment(rawValue: recorded.file)
    #expect(sent.method == recorded.method, name)
    #expect(sent.path == recorded.path, name)
    if recorded.target.contains("?") {
      #expect(sent.target == recorded.target, name)
    } else {
      #expect(sent.query == "api-version=2021-03-07", name)
    }
    #expect(sent.headers["Accept"] == "application/json", name)
    let signature = ["x-ms-date", "x-ms-content-sha256"].filter { sent.headers[$0] != nil }
    #expect(signature.count == (isSigned ? 2 : 0), name)
    let scheme = isSigned ? "HMAC-SHA256 SignedHeaders=" : "Bearer "
    #expect(sent.headers["Authorization"]?.hasPrefix(scheme) == true, name)
    guard !recorded.requestBody.isEmpty else {
      #expect(sent.body.isEmpty, name)
      return
    }
    #expect(
      sent.headers["Content-Type"] == recorded.requestHeaders["Content-Type"] ?? "application/json",
      name)
    var body = try JSONValue.parse(sent.body)
    if recorded.path == "/sms" { body = try hidingIDs(body, name) }
    #expect(body == (try JSONValue.parse(recorded.requestBody)), name)
  }

  /// The body with the recipients' ids replaced as in the recordings; each is one of its own.
  private func hidingIDs(_ body: JSONValue, _ name: Comment) throws -> JSONValue {
    var message = try SMSSendRequest(json: body)
    let ids = message.recipients.compactMap(\.repeatabilityRequestID)
    #expect(Set(ids).count == message.recipients.count, name)
    for place in message.recipients.indices {
      message.recipients[place].repeatabilityRequestID = "sanitized"
    }
    return message.json
  }

  /// What was understood is what the answer says.
  private func expect(_ outcome: Replay.Outcome, says recorded: RecordedExchange) throws {
    let name = Comment(rawValue: recorded.file)
    let answer = recorded.body.isEmpty ? JSONValue.null : try JSONValue.parse(recorded.body)
    switch outcome {
    case .identity(let identity):
      #expect(recorded.status == 201, name)
      #expect(identity.rawID == answer["identity"]?["id"]?.string, name)
    case .token(let token):
      #expect([200, 201].contains(recorded.status), name)
      let told = answer["accessToken"] ?? answer
      #expect(token.token.reveal() == told["token"]?.string, name)
      let end = try #require(told["expiresOn"]?.string, name)
      #expect(token.expiresOn == Timestamp(iso8601: end), name)
    case .texts(let results):
      #expect(recorded.status == 202, name)
      #expect(results.json == answer["value"], name)
    case .done:
      #expect(recorded.status == 204 && recorded.body.isEmpty, name)
    case .failure(let error):
      #expect(error.status == recorded.status, name)
      let words = answer["error"]?["message"] ?? answer["From"]?.array?.first
      #expect(error.message.contains(try #require(words?.string, name)), name)
      #expect(error.serviceCode == answer["error"]?["code"]?.string, name)
      #expect(error.code == (recorded.status == 401 ? .unauthenticated : .refused), name)
    }
  }
}

extension RecordedExchange {
  /// Whether the body is as it was sent: in some, secrets and numbers were replaced.
  fileprivate var isUnchanged: Bool {
    path != "/sms" && !String(decoding: requestBody, as: UTF8.self).contains("sanitized")
  }
}
