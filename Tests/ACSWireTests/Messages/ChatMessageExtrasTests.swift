import ACSTypes
import ACSWire
import Testing

@Suite("What a message carries besides its text")
struct ChatMessageExtrasTests {
  private func message(_ extras: String) throws -> ChatMessage {
    ChatMessage(
      try ChatMessageModel(
        json: JSONValue.parse(
          Array(
            #"{"id":"17","type":"html","sequenceId":"1","version":"17","createdOn":"2026-11-21T10:00:00Z",\#(extras)}"#
              .utf8))))
  }

  @Test("the sender's own name for it stands in the metadata")
  func clientID() throws {
    let read = try message(#""metadata":{"confabClientId":"c","other":"x","odd":3}"#)
    #expect(read.clientID == "c")
    #expect(read.metadata == ["confabClientId": "c", "other": "x"])
    #expect(ChatMessageModel(read).metadata == ["confabClientId": "c", "other": "x"])
  }

  @Test("attachments are named; one that nobody could ask for is left out")
  func attachments() throws {
    let read = try message(
      #""content":{"message":"","attachments":[{"id":"a","attachmentType":"image","url":"https://x/a"},"#
        + #"{"id":"b","attachmentType":"file","name":"b.txt"},{"id":"c","attachmentType":"new"},{"name":"d"}]}"#
    )
    #expect(
      read.attachments == [
        ChatAttachment(id: "a", kind: .image, url: "https://x/a"),
        ChatAttachment(id: "b", kind: .file, name: "b.txt"),
        ChatAttachment(id: "c", kind: .unknown),
      ])
  }
}
