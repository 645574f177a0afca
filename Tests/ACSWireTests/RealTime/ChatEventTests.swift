import ACSTypes
import ACSWire
import Testing

@Suite("What real-time events mean")
struct ChatEventTests {
  private static let thread = ChatThreadID("19:x@thread.v2")
  private static let sender = CommunicationIdentifier(rawID: "8:acs:sender")
  private static let arrival = Timestamp(seconds: 1_630_009_558)

  private static func message(
    _ text: String, editedOn: Timestamp? = nil, deletedOn: Timestamp? = nil,
    metadata: [String: String] = [:]
  ) -> ChatMessage {
    ChatMessage(
      id: ChatMessageID("1630009809593"), sequenceID: 0, version: 1_630_009_809_600,
      content: .text(text), sender: sender, createdOn: arrival, editedOn: editedOn,
      deletedOn: deletedOn, metadata: metadata)
  }

  private static func change(_ moment: String) throws -> ThreadChange {
    ThreadChange(
      thread: thread, initiator: sender, changedOn: try #require(Timestamp(iso8601: moment)),
      version: 7)
  }

  private static let people = [
    ChatParticipant(
      identifier: CommunicationIdentifier(rawID: "8:acs:a"), displayName: "A",
      shareHistoryTime: Timestamp(milliseconds: 1_604_055_050_000)),
    ChatParticipant(identifier: CommunicationIdentifier(rawID: "8:acs:b")),
  ]

  private static func expected(_ id: Int) throws -> ChatEvent? {
    switch id {
    case 200: .messageReceived(thread, message("Ahoy"))
    case 245:
      .typingReceived(
        thread,
        TypingNotice(
          sender: sender, displayName: "", receivedOn: Timestamp(milliseconds: 1_630_009_558_742)))
    case 246:
      .readReceiptReceived(
        thread,
        ChatMessageReadReceipt(
          sender: sender, messageID: ChatMessageID("1630009809593"),
          readOn: Timestamp(milliseconds: 1_630_009_558_742)))
    case 247:
      .messageEdited(
        thread,
        message(
          "Hi", editedOn: Timestamp(iso8601: "2021-08-26T20:33:17Z"), metadata: ["a": "b"]))
    case 248:
      .messageDeleted(
        thread, message("", deletedOn: Timestamp(iso8601: "2021-08-26T20:34:21Z")))
    case 257:
      .threadCreated(
        ChatThread(
          id: thread, topic: "Boats", createdOn: Timestamp(iso8601: "2021-08-26T20:30:04Z"),
          createdBy: sender), members: people, version: 7)
    case 258:
      .threadPropertiesUpdated(try change("2021-08-26T20:35:17.988Z"), topic: "Boats")
    case 259: .threadDeleted(try change("2021-08-26T20:35:17.988Z"))
    case 260: .participantsAdded(try change("2021-08-26T20:25:58.742Z"), people)
    case 261: .participantsRemoved(try change("2021-08-26T20:25:58.742Z"), people)
    default: nil
    }
  }

  @Test("each of the ten, with null names and times, fine fractions and metadata that is a word")
  func all() throws {
    #expect(Payload.all.count == 10)
    for (id, _) in Payload.all {
      let event = try Payload.event(id)
      #expect(ChatEvent(event) == (try Self.expected(id)), "event \(id)")
      #expect(ChatEvent(event)?.thread == Self.thread)
    }
  }

  @Test("a number that this version does not know means nothing")
  func unknown() throws {
    #expect(ChatEvent(try RealTimeEvent(text: #"{"eventId":999}"#)) == nil)
  }

  @Test(
    "people without their 8: are the same people",
    arguments: [
      ("acs:sender", "8:acs:sender"), ("8:acs:sender", "8:acs:sender"),
      ("4:+18335550100", "4:+18335550100"), ("28:orgid:x", "28:orgid:x"), ("", ""),
    ])
  func short(id: String, meant: String) throws {
    let body =
      #"{"eventId":245,"senderId":"\#(id)","groupId":"g","messageId":"1","version":"1"}"#
    guard case .typingReceived(_, let notice)? = ChatEvent(try RealTimeEvent(text: body)) else {
      Issue.record("it is no typing")
      return
    }
    #expect(notice.sender.rawID == meant)
  }

  @Test(
    "a receipt's time is the second number, else its version, else its message's",
    arguments: [
      (#"\"8;20;9\",\"version\":\"30\""#, 20), (#"\"8;20.5;9\""#, 20),
      (#"\"8\",\"version\":\"30\""#, 30), (#"\"x;y;z\""#, 5), (#"null"#, 5),
    ])
  func horizon(text: String, moment: Int64) throws {
    let body =
      #"{"eventId":246,"senderId":"8:acs:s","groupId":"g","messageId":"5","messageBody":"#
      + #""{\"user\":\"acs:reader\",\"consumptionhorizon\":\#(text)}"}"#
    guard case .readReceiptReceived(_, let receipt)? = ChatEvent(try RealTimeEvent(text: body))
    else {
      Issue.record("it is no receipt")
      return
    }
    #expect(receipt.readOn == Timestamp(milliseconds: moment))
    #expect(receipt.sender.rawID == "8:acs:reader")
  }

  @Test("an edit and a deletion without their times have those of their versions")
  func missingTimes() throws {
    let rest =
      #""senderId":"8:acs:s","groupId":"g","messageId":"5000","version":"9000","#
      + #""messageType":"RichText/Html","messageBody":"<b>x</b>"}"#
    let edited = ChatEvent(try RealTimeEvent(text: #"{"eventId":247,\#(rest)"#))
    let deleted = ChatEvent(try RealTimeEvent(text: #"{"eventId":248,\#(rest)"#))
    guard case .messageEdited(_, let first)? = edited,
      case .messageDeleted(_, let second)? = deleted
    else {
      Issue.record("they are other events")
      return
    }
    #expect(first.editedOn == Timestamp(seconds: 9))
    #expect(first.createdOn == Timestamp(seconds: 5))
    #expect(first.content == .html("<b>x</b>"))
    #expect(second.deletedOn == Timestamp(seconds: 9))
    #expect(second.content == .html(""))
  }
}
