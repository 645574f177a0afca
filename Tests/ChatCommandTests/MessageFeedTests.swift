import ACSTypes
import Testing

@testable import confab

@Suite("What is told of a thread")
struct MessageFeedTests {
  private let thread = ChatThreadID("19:a@thread.v2")

  private func message(
    _ place: Int64, version: Int64? = nil, isDeleted: Bool = false, sequence: Int64 = 1
  )
    -> ChatMessage
  {
    let version = version ?? place
    return ChatMessage(
      id: ChatMessageID(String(place)), sequenceID: sequence, version: version,
      content: .text("text \(version)"), createdOn: Timestamp(milliseconds: place),
      editedOn: version == place ? nil : Timestamp(milliseconds: version),
      deletedOn: isDeleted ? Timestamp(milliseconds: version) : nil)
  }

  private func words(_ news: [ChatNews]) -> [String] { news.map(\.word) }

  @Test("a page that was there before tells nothing, what comes after it does, oldest first")
  func baseline() {
    var feed = MessageFeed(known: [message(10), message(20)])
    #expect(feed.read([message(20), message(10)], in: thread).isEmpty)
    let news = feed.read([message(40), message(30), message(20)], in: thread)
    #expect(news == [.received(thread, message(30)), .received(thread, message(40))])
    #expect(feed.read([message(40), message(30)], in: thread).isEmpty)
    #expect(feed.readUpTo == 40)
  }

  @Test(
    "what comes in the second from which on news are told is new, unless the first reading found it"
  )
  func sameSecond() {
    var feed = MessageFeed(since: Timestamp(seconds: 5))
    #expect(feed.read([message(5_300), message(5_100)], in: thread).isEmpty)
    #expect(feed.readUpTo == 5_300)
    let news = feed.read([message(6_100), message(5_700), message(5_300)], in: thread)
    #expect(news == [.received(thread, message(5_700)), .received(thread, message(6_100))])
    var early = MessageFeed(since: Timestamp(seconds: 5))
    let told = early.read([message(6_100), message(5_300)], in: thread)
    #expect(told == [.received(thread, message(6_100))])
  }

  @Test("an event and a reading of the same message tell it once, in either order")
  func twoSources() {
    var feed = MessageFeed(known: [])
    let event = message(10, sequence: 0)
    #expect(feed.happened(event, in: thread) == .received(thread, event))
    #expect(feed.read([message(10)], in: thread).isEmpty)
    #expect(feed.happened(event, in: thread) == nil)
  }

  @Test("an edit is told once, an older version and one after the deletion never")
  func versions() {
    var feed = MessageFeed(known: [message(10)])
    #expect(words(feed.read([message(10, version: 12)], in: thread)) == ["chatMessageEdited"])
    #expect(feed.read([message(10, version: 12), message(10, version: 11)], in: thread).isEmpty)
    #expect(
      words(feed.read([message(10, version: 13, isDeleted: true)], in: thread))
        == ["chatMessageDeleted"])
    #expect(feed.happened(message(10, version: 99), in: thread) == nil)
  }

  @Test(
    "an edit of a message from before is told by an event, not by a page that reaches further back")
  func oldMessages() {
    var feed = MessageFeed(known: [message(100)])
    #expect(feed.read([message(50, version: 60)], in: thread).isEmpty)
    #expect(
      feed.happened(message(40, version: 110), in: thread)?.word == "chatMessageEdited")
  }

  @Test("what is missing before a message that an event brought is told by the next reading")
  func hole() {
    var feed = MessageFeed(known: [message(10)])
    #expect(feed.happened(message(50), in: thread) == .received(thread, message(50)))
    #expect(feed.readUpTo == 10)
    let news = feed.read([50, 40, 30, 10].map { message($0) }, in: thread)
    #expect(news == [.received(thread, message(30)), .received(thread, message(40))])
    #expect(feed.readUpTo == 50)
  }

  @Test("events alone, however many, make nothing forgotten that was not read")
  func manyEvents() {
    var feed = MessageFeed(known: [message(1)])
    for place in 100...9000 { _ = feed.happened(message(Int64(place)), in: thread) }
    #expect(feed.read([message(50), message(9000)], in: thread).count == 1)
  }

  @Test("what is forgotten for want of room is not told again")
  func bounded() {
    var feed = MessageFeed(known: [])
    for place in 1...9000 { _ = feed.read([message(Int64(place))], in: thread) }
    #expect(feed.read([message(1), message(4000)], in: thread).isEmpty)
    #expect(feed.read([message(9000), message(9001)], in: thread).count == 1)
  }
}
