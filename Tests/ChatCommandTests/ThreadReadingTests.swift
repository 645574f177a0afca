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

  private func message(_ place: Int64) -> ChatMessage {
    ChatMessage(
      id: ChatMessageID(String(place)), sequenceID: 1, version: place, content: .text("text"),
      createdOn: Timestamp(milliseconds: place))
  }

  private func places(_ news: [ChatNews]) -> [Int64] {
    news.compactMap { if case .received(_, let message) = $0 { message.id.place } else { nil } }
  }

  @Test(
    "what comes between the first list and a thread's first reading is told, and nothing from before"
  )
  func whileReading() {
    var reading = ThreadReading(startedOn: Timestamp(seconds: 200))
    #expect(reading.listed([thread("a", last: 100), thread("b", last: 100)]).isEmpty)
    let a = ChatThreadID("a")
    #expect(reading.readUpTo(in: a) == 100_999)
    #expect(places(reading.read([90_000, 100_500, 101_200].map(message), in: a)) == [101_200])
    let b = ChatThreadID("b")
    #expect(
      reading.happened(.messageReceived(b, message(102_000))).news?.word == "chatMessageReceived")
    #expect(places(reading.read([100_500, 101_000, 102_000].map(message), in: b)) == [101_000])
  }

  @Test("where the list does not tell the last message, the service's clock does")
  func listWithoutTimes() {
    var reading = ThreadReading(startedOn: Timestamp(seconds: 900))
    let bare = ChatThread(id: ChatThreadID("a"), topic: "a")
    _ = reading.listed([bare], servedOn: Timestamp(seconds: 200))
    #expect(places(reading.read([198_000, 199_500].map(message), in: bare.id)) == [199_500])
  }

  @Test("an event does not hide that a thread is to be read further back")
  func eventAfterHole() {
    let id = ChatThreadID("a")
    var reading = ThreadReading(thread: thread("a"), known: [message(10)])
    #expect(reading.happened(.messageReceived(id, message(50))).news != nil)
    #expect(reading.readUpTo(in: id) == 10)
    #expect(places(reading.read([10, 20, 50].map(message), in: id)) == [20])
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
