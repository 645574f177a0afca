import ACSTypes
import Testing

@testable import confab

@Suite("What is told of all threads")
struct ThreadReadingTests {
  private func thread(_ name: String, last: Int64 = 0, isDeleted: Bool = false) -> ChatThread {
    ChatThread(
      id: ChatThreadID(name), topic: name, deletedOn: isDeleted ? .epoch : nil,
      lastMessageReceivedOn: Timestamp(seconds: last))
  }

  @Test("threads of the first list are read and tell nothing, later ones are new")
  func lists() {
    var reading = ThreadReading(startedOn: Timestamp(seconds: 1000))
    #expect(reading.listed([thread("a"), thread("b")]).isEmpty)
    #expect(reading.changed == [ChatThreadID("a"), ChatThreadID("b")])
    while reading.nextChanged() != nil {}
    #expect(
      reading.listed([thread("a"), thread("b", last: 5), thread("c")]).map(\.word) == [
        "chatThreadCreated"
      ])
    #expect(reading.changed == [ChatThreadID("b"), ChatThreadID("c")])
  }

  @Test("a thread that was deleted and one that the user left are told apart, once")
  func ends() {
    var reading = ThreadReading(startedOn: .epoch)
    _ = reading.listed([thread("a"), thread("b")])
    let rest = [thread("a", isDeleted: true)]
    #expect(Set(reading.listed(rest).map(\.word)) == ["chatThreadDeleted", "chatThreadLeft"])
    #expect(reading.listed(rest).isEmpty)
  }

  @Test("a receipt is told once, and an event of a thread that is not known asks for the list")
  func events() {
    var reading = ThreadReading(thread: thread("a"), known: [])
    let receipt = ChatMessageReadReceipt(
      sender: CommunicationIdentifier(rawID: "8:acs:x"), messageID: ChatMessageID("1"),
      readOn: .epoch)
    let event = ChatEvent.readReceiptReceived(ChatThreadID("a"), receipt)
    #expect(reading.happened(event).news == .read(ChatThreadID("a"), receipt))
    #expect(reading.happened(event).news == nil)
    let (news, isListDue) = reading.happened(.readReceiptReceived(ChatThreadID("b"), receipt))
    #expect(news == nil && isListDue)
  }
}
