import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

/// Sends to an emulator what was recorded, in its order, with our ids in place of the recorded ones.
///
/// What a recording takes for granted is made before: threads, other people. Bodies that were not kept are written
/// anew as what the answers tell of them.
struct ChatReplay {
  let bench: Bench
  /// Ours by the recorded ones: threads and identities, and messages, where some recordings have the same word for all.
  private var ids: [String: String] = [:]
  private var messages: [String: String] = [:]
  private var users: [String: User] = [:]
  private var me: User
  private let other: User
  /// Where the walk through a list goes on, and what it showed.
  private var link: String?
  private var shown: Set<String> = []
  /// How many identities the file has still to delete.
  private var deletions = 0

  init() throws {
    bench = try Bench()
    me = try bench.user([.chat])
    other = try bench.user([.chat])
  }

  /// Makes the threads that the lists of a file tell and that the file itself does not create.
  mutating func prepare(_ exchanges: [RecordedExchange]) throws {
    deletions =
      exchanges.count { $0.method == "DELETE" && $0.path.hasPrefix("/identities/") }
    let created = Set(exchanges.compactMap { $0.json?["chatThread"]?["id"]?.string })
    var listed: [JSONValue] = []
    var known: Set<String> = []
    for exchange in exchanges where exchange.method == "GET" && exchange.path == "/chat/threads" {
      for item in exchange.json?["value"]?.array ?? [] {
        guard let id = item["id"]?.string, !created.contains(id), known.insert(id).inserted else {
          continue
        }
        listed.append(item)
      }
    }
    for item in listed.reversed() {
      guard let id = item["id"]?.string else { continue }
      let thread = try makeThread(id)
      guard item["deletedOn"] != nil else { continue }
      #expect(bench.send(bench.chat.deleteThread(thread), as: me).status == 204)
    }
  }

  /// The emulator's answer to a recorded request.
  mutating func answer(to exchange: RecordedExchange) throws -> HTTPResponse {
    bench.clock.advance(by: .seconds(1))
    try prepare(exchange)
    var request = try request(of: exchange)
    let response: HTTPResponse
    if exchange.path.hasPrefix("/identities") {
      response = bench.signed(request)
    } else {
      request.headers["X-Skypetoken"] = me.token.reveal()
      response = bench.send(request, as: me)
    }
    try learn(from: exchange, response)
    return response
  }

  /// What happened between two recorded requests, as far as the second shows it.
  private mutating func prepare(_ exchange: RecordedExchange) throws {
    if let creator = exchange.json?["chatThread"]?["createdByCommunicationIdentifier"]?["rawId"]?
      .string
    {
      me = users[creator] ?? me
      users[creator] = me
      ids[creator] = me.id.rawID
    }
    // A topic was changed before the message was sent; that recording is not among them.
    if exchange.file.contains("sends_a_message"), let thread = exchange.threadID,
      let id = ids[thread]
    {
      #expect(
        bench.send(bench.chat.updateTopic(of: ChatThreadID(id), to: "new topic"), as: me).status
          == 204)
    }
    guard exchange.method == "GET", exchange.path == "/chat/threads" else { return }
    if exchange.parameter("syncState") == nil { shown = [] }
    for item in exchange.json?["value"]?.array ?? [] {
      guard let id = item["id"]?.string, !shown.insert(id).inserted, let thread = ids[id] else {
        continue
      }
      // It comes a second time, so it changed meanwhile.
      #expect(
        bench.send(bench.chat.updateTopic(of: ChatThreadID(thread), to: "Test"), as: me).status
          == 204)
    }
  }

  private mutating func request(of exchange: RecordedExchange) throws -> HTTPRequest {
    if exchange.parameter("syncState") != nil, let link { return try bench.chat.next(link) }
    if exchange.status < 400, let thread = exchange.threadID, ids[thread] == nil {
      _ = try makeThread(thread)
    }
    var target = ""
    for (place, segment) in exchange.path.split(separator: "/").enumerated() {
      let text = segment.percentDecoded ?? String(segment)
      let ours = place == 4 ? messages[text] : identity(in: exchange, text) ?? ids[text]
      target += "/\(ours.map(\.percentEncoded) ?? String(segment))"
    }
    target += ChatReplay.query(of: exchange)
    var text = String(decoding: exchange.requestBody, as: UTF8.self)
    if text.isEmpty, exchange.file.hasPrefix("android") { text = unkeptBody(of: exchange) }
    for (recorded, ours) in messages.merging(ids, uniquingKeysWith: { $1 }) {
      text = text.replacing(recorded, with: ours)
    }
    var request = HTTPRequest(
      method: exchange.method, origin: Bench.origin, target: target, body: Array(text.utf8))
    for name in ["x-ms-client-request-id", "x-ms-return-client-request-id"] {
      request.headers[name] = exchange.requestHeaders[name]
    }
    if exchange.method == "POST", exchange.path == "/chat/threads" {
      // Who got the same thread twice had asked with the same id.
      request.headers["repeatability-request-id"] = exchange.json?["chatThread"]?["id"]?.string
    }
    return request
  }

  /// What stands behind the path; a preview is asked for as the oldest version that is emulated.
  private static func query(of exchange: RecordedExchange) -> String {
    guard let version = exchange.parameter("api-version") else { return "?api-version=2021-09-07" }
    let query = exchange.target.drop { $0 != "?" }
    return version.contains("-preview")
      ? String(query).replacing(version, with: "2021-03-07") : String(query)
  }

  /// The identity that is deleted, where its id was made anonymous: who asks is the last to go.
  private mutating func identity(in exchange: RecordedExchange, _ segment: String) -> String? {
    guard exchange.method == "DELETE", segment == "sanitized",
      exchange.path.hasPrefix("/identities/")
    else { return nil }
    deletions -= 1
    return deletions == 0 ? me.id.rawID : other.id.rawID
  }

  /// What the Android suite sent, whose recordings have no bodies.
  private func unkeptBody(of exchange: RecordedExchange) -> String {
    let wrong = #"{"communicationUser":{"id":"8:acs:invalidUserId"}}"#
    func person(_ user: User, _ name: String) -> String {
      #"{"communicationIdentifier":{"communicationUser":{"id":"\#(user.id.rawID)"}},"#
        + #""displayName":"\#(name)"}"#
    }
    switch (exchange.method, exchange.path.split(separator: "/").last) {
    case ("POST", "threads"):
      return
        #"{"topic":"Test","participants":[\#(person(me, "Tester 1")),\#(person(other, "Tester 2"))]}"#
    case ("POST", ":add"):
      return exchange.status == 400
        ? #"{"participants":[{"communicationIdentifier":\#(wrong)}]}"#
        : #"{"participants":[\#(person(other, "Tester 2"))]}"#
    case ("POST", ":remove"): return wrong
    case ("POST", "messages"):
      let isHTML = exchange.file.contains("Html")
      return
        #"{"content":"Content","senderDisplayName":"Tester","type":"\#(isHTML ? "html" : "text")","#
        + #""metadata":{"onedriveReferences":"r","deliveryMode":"d","amsreferences":"[]","#
        + (isHTML ? #""tags":""}}"# : #""key":"k","tags":"t"}}"#)
    case ("PATCH", _) where exchange.path.contains("/messages/"):
      return #"{"content":"Update Test","metadata":{"deliveryMode":"new","tags":""}}"#
    case ("PATCH", _): return #"{"topic":"Update Test"}"#
    default: return ""
    }
  }

  private mutating func learn(from exchange: RecordedExchange, _ response: HTTPResponse) throws {
    guard let recorded = exchange.json, let ours = try? JSONValue.parse(response.body) else {
      return
    }
    if let id = recorded["chatThread"]?["id"]?.string {
      ids[id] = ours["chatThread"]?["id"]?.string
    }
    if exchange.path.hasSuffix("/messages"), let id = recorded["id"]?.string {
      messages[id] = ours["id"]?.string
    }
    if recorded["multipleStatus"] != nil, let made = ours["chatThread"]?["id"]?.string {
      ids["sanitized"] = made
    }
    if let id = recorded["identity"]?["id"]?.string {
      let result = try CommunicationIdentityAccessTokenResult(bytes: response.body)
      ids[id] = result.identity.id
      users[id] = User(
        id: CommunicationIdentifier(rawID: result.identity.id),
        token: try #require(result.accessToken).token)
    }
    if ours["value"] != nil { link = ours["nextLink"]?.string }
  }

  private mutating func makeThread(_ recorded: String) throws -> ChatThreadID {
    bench.clock.advance(by: .seconds(1))
    let thread = try bench.thread(me, other, topic: recorded)
    ids[recorded] = thread.rawValue
    return thread
  }
}

extension RecordedExchange {
  /// The answer's body.
  var json: JSONValue? { try? JSONValue.parse(body) }

  /// The thread in the path, decoded.
  var threadID: String? {
    let segments = path.split(separator: "/")
    guard segments.count > 2, segments[1] == "threads" else { return nil }
    return segments[2].percentDecoded ?? String(segments[2])
  }
}
