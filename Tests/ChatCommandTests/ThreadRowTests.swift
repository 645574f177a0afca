import ACSTypes
import Testing

@testable import confab

@Suite("Threads as they are listed")
struct ThreadRowTests {
  private let thread = ChatThread(id: ChatThreadID("a"), topic: "a")

  @Test("what nobody counted is unknown, not none")
  func unread() {
    var kept = StoredThread(thread: thread)
    #expect(ThreadRow.rows([thread], kept: []).map(\.unread) == [nil])
    #expect(ThreadRow.rows([thread], kept: [kept]).map(\.unread) == [nil])
    kept.seenUpTo = 5
    #expect(ThreadRow.rows([thread], kept: [kept]).map(\.unread) == [0])
    kept.unreadCount = 3
    kept.hasMoreUnread = true
    let row = ThreadRow.rows([thread], kept: [kept])[0]
    #expect(row.unread == 3 && row.hasMoreUnread)
  }

  @Test("threads that only this machine remembers come last, if the user is out of them")
  func past() {
    let left = ChatThread(id: ChatThreadID("b"), topic: "b")
    let kept = [StoredThread(thread: left, standing: .left), StoredThread(thread: thread)]
    #expect(ThreadRow.rows([], kept: kept).map(\.thread) == [left])
    #expect(ThreadRow.rows([thread], kept: kept).map(\.standing) == [.member, .left])
  }
}
