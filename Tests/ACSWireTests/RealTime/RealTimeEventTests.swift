import ACSTypes
import ACSWire
import Testing

/// Payloads in the forms that Microsoft's mobile SDKs are tested with, with made-up people.
enum Payload {
  static let common = """
    "senderId":"8:acs:sender","recipientId":"acs:me","recipientMri":"8:acs:me","transactionId":"t"
    """
  static let message = """
    "groupId":"19:x@thread.v2","messageId":"1630009809593","collapseId":"c","messageType":"Text",\
    "senderDisplayName":"","clientMessageId":"","originalArrivalTime":"2021-08-26T20:25:58.742Z",\
    "version":"1630009809600"
    """
  static let thread = """
    "groupId":"","threadId":"19:x@thread.v2","collapseId":"",\
    "createTime":"2021-08-26T20:30:04.562Z","version":"7"
    """
  static let person = #""{\"displayName\":null,\"participantId\":\"8:acs:sender\"}""#
  static let people = """
    "[{\\"shareHistoryTime\\":1604055050000,\\"displayName\\":\\"A\\",\\"participantId\\":\\"8:acs:a\\"},\
    {\\"shareHistoryTime\\":null,\\"displayName\\":null,\\"participantId\\":\\"8:acs:b\\",\
    \\"memberMetaData\\":{}}]"
    """
  static let properties =
    #""{\"topic\":\"Boats\",\"partnerName\":\"spool\",\"isMigrated\":true}""#

  static let all: [(Int, String)] = [
    (200, #"\#(message),"messageBody":"Ahoy","priority":"","acsChatMessageMetadata":"null""#),
    (
      245,
      """
      "groupId":"19:x@thread.v2","messageId":"1","collapseId":"c","messageType":"Control/Typing",\
      "senderDisplayName":"","originalArrivalTime":"2021-08-26T20:25:58.742Z","version":"1"
      """
    ),
    (
      246,
      """
      "groupId":"19:x@thread.v2","messageId":"1630009809593","collapseId":"",\
      "messageType":"ThreadActivity/MemberConsumptionHorizonUpdate","clientMessageId":"0",\
      "senderDisplayName":"","messageBody":"{\\"user\\":\\"8:acs:sender\\",\
      \\"consumptionhorizon\\":\\"1630009809593;1630009558742;0\\",\
      \\"messageVisibilityTime\\":1630009804562,\\"version\\":\\"1630009558742\\"}"
      """
    ),
    (
      247,
      #"""
      \#(message),"messageBody":"Hi","priority":"","edittime":"2021-08-26T20:33:17.651Z",\#
      "composetime":"2021-08-26T20:30:09.593Z","acsChatMessageMetadata":"{\"a\":\"b\"}"
      """#
    ),
    (
      248,
      #"""
      \#(message),"deletetime":"2021-08-26T20:34:21.322Z","composetime":"2021-08-26T20:30:09.593Z"
      """#
    ),
    (
      257,
      """
      \(thread),"threadType":"chat","createdBy":\(person),"members":\(people),\
      "properties":\(properties)
      """
    ),
    (
      258,
      """
      \(thread),"threadType":"chat","editTime":"2021-08-26T20:35:17.9882388Z",\
      "editedBy":\(person),"properties":\(properties)
      """
    ),
    (
      259,
      """
      \(thread),"threadType":"chat","deleteTime":"2021-08-26T20:35:17.9882388Z",\
      "deletedBy":\(person)
      """
    ),
    (
      260,
      """
      \(thread),"time":"2021-08-26T20:25:58.742Z","addedBy":\(person),\
      "participantsAdded":\(people)
      """
    ),
    (
      261,
      """
      \(thread),"time":"2021-08-26T20:25:58.742Z","removedBy":\(person),\
      "participantsRemoved":\(people)
      """
    ),
  ]

  static func text(_ id: Int, _ rest: String) -> String {
    #"{"eventId":\#(id),\#(common),\#(rest)}"#
  }

  static func event(_ id: Int) throws -> RealTimeEvent {
    let rest = try #require(all.first { $0.0 == id }?.1)
    return try RealTimeEvent(text: text(id, rest))
  }
}

@Suite("The bodies of real-time events")
struct RealTimeEventTests {
  @Test("each of the ten is read, and written as it came", arguments: Payload.all)
  func roundTrip(id: Int, rest: String) throws {
    let text = Payload.text(id, rest)
    let event = try RealTimeEvent(text: text)
    #expect(event.id == id)
    #expect(event.kind?.rawValue == id)
    #expect(event.sender == "8:acs:sender")
    #expect(event.recipient == "8:acs:me")
    #expect(event.threadID == "19:x@thread.v2")
    #expect(event.unknown.isEmpty)
    var written = try #require(event.json.object)
    var given = try #require(JSONValue.parse(text).object)
    // Strings that hold JSON mean the same in any order of their members.
    for name in given.members.map(\.name) {
      guard let text = given[name]?.string, text.first == "{" || text.first == "[" else { continue }
      given[name] = try JSONValue.parse(text)
      written[name] = try JSONValue.parse(try #require(written[name]?.string))
    }
    #expect(written == given)
  }

  @Test("there are ten kinds, each with a listener of its own")
  func kinds() {
    #expect(RealTimeEventKind.allCases.map(\.rawValue) == Payload.all.map(\.0))
    #expect(Set(RealTimeEventKind.allCases.map(\.listener)).count == 10)
  }

  @Test("messages tell their text, times and metadata")
  func messages() throws {
    guard case .messageReceived(let sent) = try Payload.event(200).content,
      case .messageEdited(let edited) = try Payload.event(247).content,
      case .messageDeleted(let deleted) = try Payload.event(248).content
    else {
      Issue.record("wrong kinds")
      return
    }
    #expect(sent.body == "Ahoy")
    #expect(sent.metadata == nil)
    #expect(sent.arrivedOn?.moment == Timestamp(milliseconds: 1_630_009_558_742))
    #expect(edited.metadata == ["a": "b"])
    #expect(edited.editedOn != nil)
    #expect(deleted.body == nil)
    #expect(deleted.deletedOn != nil)
  }

  @Test("metadata is the word null, an empty object, or an object in a string")
  func metadata() throws {
    for (written, read) in [
      (#""null""#, nil), ("null", nil), (#""""#, nil), (#""{}""#, [:]),
      (#""{\"a\":\"b\"}""#, ["a": "b"]),
    ] as [(String, JSONObject?)] {
      let rest =
        "\(Payload.message),\"messageBody\":\"x\",\"acsChatMessageMetadata\":\(written)"
      guard
        case .messageReceived(let message) = try RealTimeEvent(text: Payload.text(200, rest))
          .content
      else {
        Issue.record("wrong kind")
        return
      }
      #expect(message.metadata == read, "\(written)")
    }
  }

  @Test("a receipt's second number is when it was read, with or without a fraction")
  func receipts() throws {
    guard case .messageRead(let receipt) = try Payload.event(246).content else {
      Issue.record("wrong kind")
      return
    }
    #expect(receipt.messageID == "1630009809593")
    #expect(receipt.reader == "8:acs:sender")
    #expect(receipt.readOn == Timestamp(milliseconds: 1_630_009_558_742))
    for (horizon, time) in [("1;2.0;0", 2), ("1;2", 2), ("1", nil), ("", nil), (";;", nil)]
      as [(String, Int64?)]
    {
      let body = #""{\"consumptionhorizon\":\"\#(horizon)\"}""#
      let rest = #""groupId":"g","messageId":"m","messageBody":\#(body)"#
      let event = try RealTimeEvent(text: Payload.text(246, rest))
      guard case .messageRead(let receipt) = event.content else { continue }
      #expect(receipt.readOn == time.map { Timestamp(milliseconds: $0) }, "\(horizon)")
    }
  }

  @Test("people may lack a name and the time from which history is shared")
  func people() throws {
    guard case .participantsRemoved(let change) = try Payload.event(261).content,
      case .threadUpdated(let update) = try Payload.event(258).content
    else {
      Issue.record("wrong kinds")
      return
    }
    #expect(change.participants.map(\.id) == ["8:acs:a", "8:acs:b"])
    #expect(change.participants.map(\.displayName) == ["A", nil])
    #expect(change.participants[0].shareHistoryTime == Timestamp(milliseconds: 1_604_055_050_000))
    #expect(change.participants[1].shareHistoryTime == nil)
    #expect(change.author?.displayName == nil)
    #expect(update.topic == "Boats")
    #expect(update.changedOn?.text == "2021-08-26T20:35:17.9882388Z")
    #expect(update.changedOn?.moment == Timestamp(milliseconds: 1_630_010_117_988))
  }

  @Test("who is told stands in one of two members, with its kind or without")
  func recipients() throws {
    for (members, recipient) in [
      (#""recipientId":"acs:me","recipientMri":"8:acs:me""#, "8:acs:me"),
      (#""recipientId":"acs:me""#, "8:acs:me"), (#""recipientId":"8:acs:me""#, "8:acs:me"),
      (#""recipientMri":"8:acs:me""#, "8:acs:me"), (#""recipientId":"""#, ""),
    ] {
      let event = try RealTimeEvent(
        text: #"{"eventId":259,"threadId":"x","version":"1",\#(members)}"#)
      #expect(event.recipient == recipient)
    }
  }

  @Test("an event of an unknown number is no error, and is written as it came")
  func unknown() throws {
    let text = #"{"eventId":999,"groupId":"g","new":{"a":[1]}}"#
    let event = try RealTimeEvent(text: text)
    #expect(event.content == .unknown(999))
    #expect(event.kind == nil)
    #expect(event.json["new"] == ["a": [1]])
  }

  @Test(
    "what breaks the form is refused, and the member named",
    arguments: [
      ("", ""), ("[]", ""), ("{}", "eventId"), (#"{"eventId":"200"}"#, "eventId"),
      (#"{"eventId":200}"#, "groupId"), (#"{"eventId":257,"version":"1"}"#, "threadId"),
      (
        #"{"eventId":200,"groupId":"g","messageId":"1","version":"1","acsChatMessageMetadata":"{"}"#,
        "acsChatMessageMetadata"
      ),
      (
        #"{"eventId":200,"groupId":"g","messageId":"1","version":"1","acsChatMessageMetadata":"[]"}"#,
        "acsChatMessageMetadata"
      ),
      (
        #"{"eventId":260,"threadId":"x","version":"1","participantsAdded":"[{}]"}"#,
        "participantsAdded[0].participantId"
      ),
      (#"{"eventId":258,"threadId":"x","version":"1","editTime":"soon"}"#, "editTime"),
    ])
  func refused(text: String, path: String) {
    let error = #expect(throws: WireError.self) { try RealTimeEvent(text: text) }
    #expect(error?.path == path)
  }
}
