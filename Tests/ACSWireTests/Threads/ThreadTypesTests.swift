import ACSTypes
import ACSWire
import Testing

@Suite("Threads, participants and receipts on the wire")
struct ThreadTypesTests {
  private let alice = CommunicationIdentifier(rawID: "8:acs:r_alice")

  @Test("a thread of the list and a thread's properties become the same kind of value")
  func threads() throws {
    let item = try ChatThreadItem(
      text: #"{"id":"19:a@thread.v2","topic":"T","lastMessageReceivedOn":"2021-05-11T18:24:22Z"}"#)
    let listed = ChatThread(item)
    #expect(listed.createdOn == nil)
    #expect(listed.lastMessageReceivedOn?.seconds == 1_620_757_462)
    #expect(ChatThreadItem(listed) == item)

    let properties = ChatThreadProperties(
      id: "19:a@thread.v2", topic: "T", createdOn: WireTime(chat: .epoch),
      createdBy: IdentifierModel(alice))
    #expect(
      properties.json.text
        == #"{"id":"19:a@thread.v2","topic":"T","createdOn":"1970-01-01T00:00:00Z","#
        + #""createdByCommunicationIdentifier":{"rawId":"8:acs:r_alice","#
        + #""communicationUser":{"id":"8:acs:r_alice"}}}"#)
    #expect(ChatThread(properties).createdBy == alice)
  }

  @Test("a thread that was made tells whom it did not take")
  func created() throws {
    let text = #"""
      {"chatThread":{"id":"19:a@thread.v2","topic":"T","createdOn":"2021-05-11T18:24:22Z",
      "createdByCommunicationIdentifier":{"rawId":"8:acs:r_alice"},"metadata":{"a":"b"}},
      "invalidParticipants":[{"target":"8:acs:x","code":"404","message":"Not found","innererror":{"code":"1"}}]}
      """#
    let result = try CreateChatThreadResult(text: text)
    #expect(result.invalidParticipants?.first?.target == "8:acs:x")
    #expect(result.json == (try JSONValue.parse(text)))
    #expect(try AddChatParticipantsResult(text: "{}").json.text == "{}")
  }

  @Test("participants and receipts come back as they went")
  func others() throws {
    let bob = ChatParticipant(
      identifier: alice, displayName: "Al", shareHistoryTime: Timestamp(seconds: 60))
    #expect(ChatParticipant(ChatParticipantModel(bob)) == bob)
    let bare = ChatParticipantModel(ChatParticipant(identifier: alice))
    #expect(
      bare.json.text
        == #"{"communicationIdentifier":{"rawId":"8:acs:r_alice","communicationUser":{"id":"8:acs:r_alice"}}}"#
    )
    let receipt = ChatMessageReadReceipt(
      sender: alice, messageID: ChatMessageID("17"), readOn: Timestamp(seconds: 5))
    #expect(
      ChatMessageReadReceipt(try ReadReceiptModel(bytes: ReadReceiptModel(receipt).bytes))
        == receipt)
  }
}
