import ACSTypes
import ACSWire
import Testing

@Suite("Messages on the wire")
struct ChatMessageModelTests {
  private static let alice = CommunicationIdentifier(rawID: "8:acs:r_alice")
  private static let bob = CommunicationIdentifier(rawID: "8:acs:r_bob")

  private static func text(_ type: String, _ rest: String) -> String {
    #"{"id":"1620757462303","type":"\#(type)","sequenceId":"4","version":"1620757462999","#
      + rest + #","createdOn":"2021-05-11T18:24:22Z"}"#
  }

  @Test("each type becomes what it says, and comes back")
  func types() throws {
    let initiator =
      #""initiatorCommunicationIdentifier":{"rawId":"8:acs:r_alice","communicationUser":{"id":"8:acs:r_alice"}}"#
    let people =
      #""participants":[{"communicationIdentifier":{"rawId":"8:acs:r_bob","communicationUser":{"id":"8:acs:r_bob"}},"displayName":"Bob","shareHistoryTime":"1970-01-01T00:00:00Z"}]"#
    let bob = ChatParticipant(
      identifier: Self.bob, displayName: "Bob", shareHistoryTime: .epoch)
    let rows: [(String, String, ChatMessage.Content)] = [
      ("text", #""content":{"message":"hi"}"#, .text("hi")),
      ("html", #""content":{"message":"<b>hi</b>"}"#, .html("<b>hi</b>")),
      (
        "topicUpdated", #""content":{"topic":"new",\#(initiator)}"#,
        .topicUpdated(topic: "new", initiator: Self.alice)
      ),
      (
        "participantAdded", #""content":{\#(people),\#(initiator)}"#,
        .participantAdded([bob], initiator: Self.alice)
      ),
      (
        "participantRemoved", #""content":{\#(people)}"#,
        .participantRemoved([bob], initiator: nil)
      ),
      ("richCard", #""content":{"card":{"x":[1]}}"#, .unknown(type: "richCard")),
    ]
    for (type, rest, content) in rows {
      let text = Self.text(type, rest)
      let model = try ChatMessageModel(text: text)
      #expect(model.json == (try JSONValue.parse(text)))
      let message = ChatMessage(model)
      #expect(message.content == content)
      #expect(message.sender == nil)
      guard type != "richCard" else { continue }
      #expect(ChatMessageModel(message).json == model.json)
    }
  }

  @Test("a tombstone, an edit, metadata and attachments are kept")
  func extras() throws {
    let tombstone = try ChatMessageModel(
      text: Self.text("text", #""senderDisplayName":"Al","deletedOn":"2021-05-11T18:24:23Z""#))
    let deleted = ChatMessage(tombstone)
    #expect(deleted.content == .text(""))
    #expect(deleted.deletedOn?.iso8601 == "2021-05-11T18:24:23Z")
    #expect(ChatMessageModel(deleted).content == nil)

    let text = Self.text(
      "html",
      #""content":{"message":"x","attachments":[{"id":"a","attachmentType":"image"}]},"#
        + #""editedOn":"2021-05-11T18:24:24Z","metadata":{"tags":"t"},"#
        + #""senderCommunicationIdentifier":{"rawId":"8:acs:r_bob"}"#)
    let model = try ChatMessageModel(text: text)
    #expect(model.json == (try JSONValue.parse(text)))
    #expect(model.metadata?["tags"] == "t")
    let message = ChatMessage(model)
    #expect(message.sender == Self.bob)
    #expect(message.editedOn?.iso8601 == "2021-05-11T18:24:24Z")
    #expect(message.sequenceID == 4)
    #expect(message.version == 1_620_757_462_999)
    #expect(message.id.place == 1_620_757_462_303)
  }

  @Test("numbers that should not have come do not hide a message")
  func badNumbers() throws {
    let text =
      #"{"id":"17","type":"text","sequenceId":"?","version":"","createdOn":"2021-05-11T18:24:22Z"}"#
    let message = ChatMessage(try ChatMessageModel(text: text))
    #expect(message.sequenceID == 0)
    #expect(message.version == 17)
  }

  @Test("requests hold only what is asked")
  func requests() throws {
    #expect(
      SendChatMessageRequest(content: "hi", senderDisplayName: "Al", type: "text").json.text
        == #"{"content":"hi","senderDisplayName":"Al","type":"text"}"#)
    #expect(UpdateChatMessageRequest(content: "ho").json.text == #"{"content":"ho"}"#)
    #expect(TypingNotificationRequest().json.text == "{}")
    #expect(SendReadReceiptRequest(chatMessageID: "17").json.text == #"{"chatMessageId":"17"}"#)
    #expect(throws: WireError.self) { try SendChatMessageRequest(text: #"{"type":"text"}"#) }
  }

  @Test("a page of 200 messages is decoded")
  func page() throws {
    let message = Self.text("text", #""content":{"message":"hi"}"#)
    let list = repeatElement(message, count: 200).joined(separator: ",")
    let page = Page(
      try PageModel<ChatMessageModel>(text: #"{"value":[\#(list)],"nextLink":"https://x/y"}"#)
    ) { ChatMessage($0) }
    #expect(page.values.count == 200)
    #expect(page.nextLink == "https://x/y")
  }
}
