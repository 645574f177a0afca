import ACSTypes
import ACSWire
import TestKit
import Testing

@Suite(
  "Recordings of the real service",
  .enabled(if: Recordings.areThere, "../shared/acs/recordings is absent"))
struct RecordingTests {
  @Test(
    "every body of Identity, SMS and Chat is read and written back as the same JSON value",
    arguments: [
      ("js-2023", "identity", 56), ("js-2023", "sms", 16), ("js-2023", "chat", 7),
      ("js-2021", "identity", 26),
      ("js-2021", "chat", 8), ("android", "chat", 179), ("python-2021", "identity", 8),
      ("python-2021", "chat", 55),
    ])
  func bodies(set: String, service: String, expected: Int) throws {
    var counts: [String: Int] = [:]
    for exchange in try Recordings.exchanges(set: set, service: service)
    where !exchange.body.isEmpty {
      let json = try JSONValue.parse(exchange.body)
      let route = try WireRoute(exchange)
      let written: JSONValue
      do {
        written = try route.roundTrip(json)
      } catch {
        Issue.record("\(exchange.file): \(route.name): \(error)")
        continue
      }
      #expect(written == json, "\(exchange.file)")
      #expect(try JSONValue.parse(written.bytes) == json, "\(exchange.file)")
      #expect(try JSONValue.parse(written.prettyBytes) == json, "\(exchange.file)")
      counts[route.name, default: 0] += 1
    }
    let total = counts.values.reduce(0, +)
    print("\(set)/\(service): \(total) bodies")
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(count) \(name)") }
    #expect(total >= expected)
  }

  @Test("every recorded message and thread becomes one of the client's values, and comes back")
  func conversions() throws {
    var messages = 0
    var threads = 0
    for exchange in try Recordings.exchanges(set: "android", service: "chat")
      + Recordings.exchanges(set: "js-2021", service: "chat")
    where exchange.status == 200 && exchange.method == "GET" {
      if let page = try? PageModel<ChatMessageModel>(bytes: exchange.body) {
        for model in page.value {
          let message = ChatMessage(model)
          if case .unknown(let type) = message.content { Issue.record("unknown type \(type)") }
          var back = ChatMessageModel(message)
          back.metadata = model.metadata
          back.unknown = model.unknown
          #expect(back.json == model.json, "\(exchange.file)")
          messages += 1
        }
      } else if let page = try? PageModel<ChatThreadItem>(bytes: exchange.body) {
        for model in page.value {
          #expect(ChatThreadItem(ChatThread(model)).json == model.json, "\(exchange.file)")
          threads += 1
        }
      }
    }
    print("\(messages) messages, \(threads) threads")
    #expect(messages >= 12)
    #expect(threads >= 166)
  }

  @Test("the recordings of Rooms are of 2022-02-01, an older shape that nothing here speaks")
  func olderRooms() throws {
    let rooms = try Recordings.exchanges(set: "js-2023", service: "rooms")
      .filter { $0.path.hasPrefix("/rooms") }
    #expect(Set(rooms.map(\.file)).count == 10)
    #expect(rooms.allSatisfy { $0.target.contains("api-version=2022-02-01") })
    for exchange in rooms where exchange.status < 300 && !exchange.body.isEmpty {
      // A recording that can be read is a newer one, and has to be held to.
      #expect(throws: WireError.self, "\(exchange.file)") {
        try RoomModel(bytes: exchange.body)
      }
    }
    let refusals = rooms.filter { $0.status >= 400 }
    #expect(refusals.map(\.status) == [400])
    for refusal in refusals {
      let json = try JSONValue.parse(refusal.body)
      #expect(try ErrorEnvelope(json: json).json == json, "\(refusal.file)")
    }
  }

  @Test("every recorded callback is read and written back as the same JSON value")
  func callbacks() throws {
    var calls = 0
    var events: [String: Int] = [:]
    for stream in try Recordings.callbackStreams() {
      for entry in stream.entries {
        if entry.array != nil {
          let batch = try [CloudEvent](json: entry)
          #expect(batch.json == entry, "\(stream.file)")
          for event in batch { events[event.content.type, default: 0] += 1 }
        } else {
          #expect(try IncomingCallData(json: entry).json == entry, "\(stream.file)")
          calls += 1
        }
      }
    }
    let total = events.values.reduce(0, +)
    print("\(calls) incoming calls, \(total) events")
    for (name, count) in events.sorted(by: { $0.key < $1.key }) { print("  \(count) \(name)") }
    #expect(calls >= 29)
    #expect(total >= 250)
  }
}
