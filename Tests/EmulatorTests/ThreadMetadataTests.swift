import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct ThreadMetadataTests {
  let bench: Bench
  let alice, bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
  }

  /// Sends a request by the version that has metadata.
  @discardableResult
  func send(
    _ method: String, _ path: String, _ body: JSONValue? = nil, version: String = "2025-03-15"
  ) throws -> (status: Int, json: JSONValue) {
    let response = bench.send(bench.request(method, path, body, version: version), as: alice)
    return (
      response.status, response.body.isEmpty ? .null : try JSONValue.parse(response.body)
    )
  }

  func create(_ more: JSONValue) throws -> (status: Int, json: JSONValue) {
    var body = try #require(more.object)
    body["topic"] = "Boats"
    return try send("POST", "/chat/threads", .object(body))
  }

  func path(_ created: JSONValue) throws -> String {
    "/chat/threads/\(try #require(created["chatThread"]?["id"]?.string))"
  }

  @Test("metadata of a thread is kept, told and merged, by the version that has it")
  func threads() throws {
    let created = try create(["metadata": ["ticket": "7", "mood": "calm", "wind": ""]])
    #expect(created.status == 201)
    #expect(created.json["chatThread"]?["metadata"] == ["ticket": "7", "mood": "calm", "wind": ""])
    let path = try path(created.json)
    #expect(
      try send("PATCH", path, ["metadata": ["mood": .null, "wind": "", "place": "sea"]]).status
        == 204)
    #expect(try send("GET", path).json["metadata"] == ["ticket": "7", "place": "sea"])
    #expect(try send("GET", path).json["topic"] == "Boats")
    #expect(try send("GET", path, version: "2024-03-07").json["metadata"] == nil)
    #expect(
      try send("PATCH", path, ["metadata": ["ticket": "8"]], version: "2024-03-07").status == 204)
    #expect(try send("GET", path).json["metadata"]?["ticket"] == "7")
    let types = try send("GET", "\(path)/messages").json["value"]?.array?.map { $0["type"] }
    #expect(types == ["topicUpdated", "participantAdded"])
  }

  @Test("null in a patch takes metadata and retention away")
  func nothing() throws {
    let created = try create([
      "metadata": ["ticket": "7"],
      "retentionPolicy": ["kind": "threadCreationDate", "deleteThreadAfterDays": 60],
    ])
    let path = try path(created.json)
    #expect(try send("GET", path).json["metadata"] == ["ticket": "7"])
    #expect(try send("PATCH", path, ["topic": "Ships"]).status == 204)
    let kept = try send("GET", path).json
    #expect(kept["metadata"] == ["ticket": "7"])
    #expect(kept["retentionPolicy"]?["deleteThreadAfterDays"] == 60)
    #expect(try send("PATCH", path, ["metadata": .null, "retentionPolicy": .null]).status == 204)
    #expect(try send("GET", path).json["metadata"]?["ticket"] == nil)
    #expect(try send("GET", path).json["retentionPolicy"]?["deleteThreadAfterDays"] == nil)
  }

  @Test("metadata of a participant is kept and told")
  func participants() throws {
    let person: JSONValue = [
      "communicationIdentifier": ["communicationUser": ["id": .string(bob.id.rawID)]],
      "metadata": ["role": "guest"],
    ]
    let path = try path(try create([:]).json)
    #expect(
      try send("POST", "\(path)/participants/:add", ["participants": [person]]).status == 201)
    let people = try send("GET", "\(path)/participants").json["value"]?.array
    #expect(people?.map { $0["metadata"] } == [nil, ["role": "guest"]])
    let older = try send("GET", "\(path)/participants", version: "2024-03-07").json["value"]?.array
    #expect(older?.map { $0["metadata"] } == [nil, nil])
  }

  @Test(
    "metadata that is too large or no text, and other times than 30 to 90 days, are refused",
    arguments: [
      ["metadata": ["a": 7]],
      ["metadata": ["a": .string(String(repeating: "x", count: 1024))]],
      ["metadata": 7], ["retentionPolicy": ["kind": "sometime"]], ["retentionPolicy": [:]],
      ["retentionPolicy": ["kind": "threadCreationDate"]],
      ["retentionPolicy": ["kind": "threadCreationDate", "deleteThreadAfterDays": 29]],
      ["retentionPolicy": ["kind": "threadCreationDate", "deleteThreadAfterDays": 91]],
    ] as [JSONValue])
  func refusals(more: JSONValue) throws {
    #expect(try create(more).status == 400)
    let path = try path(try create([:]).json)
    #expect(try send("PATCH", path, more).status == 400)
    #expect(try send("GET", "/chat/threads").json["value"]?.array?.count == 1)
  }

  @Test("a thread is deleted when its time is over, and only then")
  func retention() throws {
    let policy: JSONValue = ["kind": "threadCreationDate", "deleteThreadAfterDays": 30]
    let path = try path(try create(["retentionPolicy": policy]).json)
    #expect(try send("GET", path).json["retentionPolicy"] == policy)
    let other = try self.path(try create(["retentionPolicy": policy]).json)
    #expect(
      try send("PATCH", other, ["retentionPolicy": ["kind": "none"]]).status == 204)
    #expect(try send("GET", other).json["retentionPolicy"] == ["kind": "none"])
    let end = bench.clock.now + .seconds(30 * 86_400)

    func threads(after time: Duration) throws -> [JSONValue] {
      bench.clock.advance(by: time)
      // Tokens do not live that long.
      let token = try JSONValue.parse(
        bench.signed(
          bench.request(
            "POST", "/identities/\(alice.id.rawID.percentEncoded)/:issueAccessToken",
            ["scopes": ["chat"]], version: "2023-10-01")
        ).body)["token"]?.string
      let later = User(id: alice.id, token: Secret(try #require(token)))
      let list = bench.send(bench.request("GET", "/chat/threads"), as: later)
      return try #require(try JSONValue.parse(list.body)["value"]?.array)
    }
    let before = try threads(after: .seconds(30 * 86_400 - 1))
    #expect(before.map { $0["deletedOn"] } == [nil, nil])
    let after = try threads(after: .seconds(10))
    #expect(after.compactMap { $0["deletedOn"]?.string } == [end.iso8601])
  }
}
