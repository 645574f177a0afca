import ACSTypes
import ACSWire
import FoundationEssentials
import TestKit
import Testing

@testable import Emulator

@Suite("Repeated requests for a new thread")
struct ThreadRepeatabilityTests {
  static func request(_ bench: Bench, _ id: String?, _ body: JSONValue) -> HTTPRequest {
    bench.request(
      "POST", "/chat/threads", body,
      headers: id.map { ["Repeatability-Request-ID": $0] } ?? [:])
  }

  static func count(_ bench: Bench, _ user: User) throws -> Int {
    try bench.page(bench.chat.threads(), as: user, of: ChatThreadItem.self).value.count
  }

  @Test("a repeated request is answered as the first, whatever has happened since")
  func sameAnswer() throws {
    let bench = try Bench()
    let alice = try bench.user()
    let foreign: JSONValue = ["rawId": .string(ParticipantTests.foreign.rawID)]
    let body: JSONValue = [
      "topic": "Once", "participants": [["communicationIdentifier": foreign]],
    ]
    let first = bench.send(Self.request(bench, "1", body), as: alice)
    #expect(first.status == 201)
    let result = try CreateChatThreadResult(bytes: first.body)
    #expect(result.invalidParticipants?.count == 1)
    let thread = ChatThreadID(try #require(result.chatThread).id)

    func expectSame(_ body: JSONValue, sourceLocation: SourceLocation = #_sourceLocation) {
      let again = bench.send(Self.request(bench, "1", body), as: alice)
      #expect(again.status == 201, sourceLocation: sourceLocation)
      #expect(again.text == first.text, sourceLocation: sourceLocation)
      #expect(
        again.headers["Location"] == first.headers["Location"], sourceLocation: sourceLocation)
    }
    expectSame(body)
    expectSame(["topic": "Another"])
    bench.clock.advance(by: .seconds(60))
    bench.send(bench.chat.updateTopic(of: thread, to: "Changed"), as: alice)
    expectSame(body)
    bench.send(bench.chat.deleteThread(thread), as: alice)
    expectSame(body)
    #expect(try Self.count(bench, alice) == 1)
    // Nothing of it was done again.
    #expect(
      try bench.page(bench.chat.threads(), as: alice, of: ChatThreadItem.self).value[0].deletedOn
        != nil)
  }

  @Test("a request id is its sender's, a day long, and none is no id")
  func scope() throws {
    let bench = try Bench()
    let (alice, bob) = (try bench.user(), try bench.user())
    for user in [alice, bob, alice, bob] {
      #expect(bench.send(Self.request(bench, "1", ["topic": "x"]), as: user).status == 201)
    }
    #expect(try Self.count(bench, alice) == 1)
    #expect(try Self.count(bench, bob) == 1)
    for _ in 0..<2 { bench.send(Self.request(bench, nil, ["topic": "x"]), as: alice) }
    #expect(try Self.count(bench, alice) == 3)
    bench.clock.advance(by: .seconds(86_000))
    bench.send(Self.request(bench, "1", ["topic": "x"]), as: alice)
    #expect(try Self.count(bench, alice) == 3)
    bench.clock.advance(by: .seconds(401))
    let issued = bench.signed(
      IdentityRequests(endpoint: Bench.origin).issueToken(for: alice.id, scopes: [.chat]))
    let later = User(id: alice.id, token: try AccessTokenModel(bytes: issued.body).token)
    bench.send(Self.request(bench, "1", ["topic": "x"]), as: later)
    #expect(try Self.count(bench, later) == 4)
  }

  @Test("a request that was refused is no request: its id is free")
  func refused() throws {
    let bench = try Bench()
    let alice = try bench.user()
    #expect(bench.send(Self.request(bench, "1", [:]), as: alice).status == 400)
    let response = bench.send(Self.request(bench, "1", ["topic": "x"]), as: alice)
    #expect(response.status == 201)
    #expect(try Self.count(bench, alice) == 1)
  }

  @Test("of requests that come at the same time one is done, and all are answered alike")
  func concurrently() async throws {
    let bench = try Bench()
    let alice = try bench.user()
    var request = Self.request(bench, "1", ["topic": "Once"])
    request.headers["Authorization"] = "Bearer \(alice.token.reveal())"
    let (emulator, asked, now) = (bench.emulator, request, bench.clock.now)
    let answers = await withTaskGroup(of: HTTPResponse.self) { group in
      for number in 0..<32 {
        group.addTask {
          emulator.respond(to: asked, now: now + .milliseconds(number)).response
        }
      }
      return await group.reduce(into: [HTTPResponse]()) { $0.append($1) }
    }
    #expect(answers.count == 32)
    #expect(answers.allSatisfy { $0.status == 201 })
    #expect(Set(answers.map(\.text)).count == 1)
    #expect(try Self.count(bench, alice) == 1)
  }

  @Test("a request is remembered over a restart")
  func restart() throws {
    try StoreTests().withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      let alice: User
      let first: HTTPResponse
      do {
        let bench = try Bench(path: path)
        alice = try bench.user()
        first = bench.send(Self.request(bench, "1", ["topic": "Once"]), as: alice)
        #expect(first.status == 201)
      }
      let bench = try Bench(path: path, seed: 2)
      let again = bench.send(Self.request(bench, "1", ["topic": "Once"]), as: alice)
      #expect(again.status == 201)
      #expect(again.text == first.text)
      #expect(try Self.count(bench, alice) == 1)
    }
  }
}
