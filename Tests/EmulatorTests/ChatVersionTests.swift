import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("Chat by its api-versions")
struct ChatVersionTests {
  static let versions = ["2021-03-07", "2021-09-07", "2023-11-07", "2024-03-07", "2025-03-15"]

  let bench: Bench
  let alice, bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
  }

  @Test("every operation is there by every version", arguments: versions, ChatOperation.allCases)
  func operations(version: String, operation: ChatOperation) throws {
    let thread = try bench.thread(alice, bob)
    let message = try bench.say("Ahoy", as: alice, in: thread)
    let request = operation.request(
      bench, in: thread, message: message, person: bob, version: version)
    let response = bench.send(request, as: alice)
    #expect(response.status == operation.success, "\(response.text)")
    #expect(
      response.headers["api-supported-versions"]
        == ChatVersionTests.versions.joined(separator: ", "))
  }

  @Test(
    "threads and participants have metadata and retention from 2025-03-15 on only",
    arguments: versions)
  func additions(version: String) throws {
    let isNew = version == "2025-03-15"
    let policy: JSONValue = ["kind": "threadCreationDate", "deleteThreadAfterDays": 30]
    let person: JSONValue = [
      "communicationIdentifier": ["communicationUser": ["id": .string(bob.id.rawID)]],
      "metadata": ["role": "guest"],
    ]
    func send(_ method: String, _ path: String, _ body: JSONValue? = nil, by: String) -> JSONValue {
      let response = bench.send(bench.request(method, path, body, version: by), as: alice)
      #expect(response.isSuccess, "\(response.text)")
      return (try? JSONValue.parse(response.body)) ?? .null
    }
    let created = send(
      "POST", "/chat/threads",
      [
        "topic": "x", "participants": [person], "metadata": ["a": "b"], "retentionPolicy": policy,
      ], by: version)
    let id = try #require(created["chatThread"]?["id"]?.string)
    #expect(created["chatThread"]?["metadata"] == (isNew ? .some(["a": "b"]) : Optional.none))
    #expect(created["chatThread"]?["retentionPolicy"] == (isNew ? .some(policy) : Optional.none))
    // What an older version gave was not taken, as a newer one sees.
    let path = "/chat/threads/\(id)"
    #expect(
      send("GET", path, by: "2025-03-15")["metadata"] == (isNew ? .some(["a": "b"]) : Optional.none)
    )
    let people = send("GET", "\(path)/participants", by: "2025-03-15")["value"]?.array
    #expect(people?.compactMap { $0["metadata"] } == (isNew ? [["role": "guest"]] : []))
    #expect(
      send("GET", path, by: version)["metadata"] == (isNew ? .some(["a": "b"]) : Optional.none))
    // Metadata of messages is in all of them.
    let sent = send(
      "POST", "\(path)/messages", ["content": "x", "metadata": ["c": "d"]], by: version)
    let message = send("GET", "\(path)/messages/\(try #require(sent["id"]?.string))", by: version)
    #expect(message["metadata"] == ["c": "d"])
    // Identifiers have no kind, and links stay with the version.
    #expect(message["senderCommunicationIdentifier"]?["kind"] == nil)
    let link = send("GET", "\(path)/messages?maxPageSize=1", by: version)["nextLink"]?.string
    #expect(link?.hasSuffix("&api-version=\(version)") == true)
  }
}
