import ACSTypes
import Testing

@testable import ClientModel

@Suite("The list of threads")
struct ThreadListTests {
  private func thread(_ number: Int, at seconds: Int64?) -> ChatThread {
    ChatThread(
      id: ChatThreadID("19:\(number)@thread.v2"), topic: "T\(number)",
      lastMessageReceivedOn: seconds.map(Timestamp.init(seconds:)))
  }

  @Test("any changes leave it sorted by activity, with each thread once, found where it is")
  func sorted() {
    var list = ThreadList()
    var model: [Int: Int64] = [:]
    var generator = SplitMix(state: 3)
    for _ in 0..<5000 {
      let number = Int(generator.next() % 200)
      let id = thread(number, at: nil).id
      let seconds = Int64(generator.next() % 300)
      switch generator.next() % 4 {
      case 0, 1:
        list.put(thread(number, at: seconds))
        model[number] = max(model[number] ?? 0, seconds)
      case 2:
        list.noteMessage(in: id, on: Timestamp(seconds: seconds), isSeen: false)
        if let known = model[number] { model[number] = max(known, seconds) }
      default:
        list.remove(id)
        model[number] = nil
      }
      #expect((list.entry(id) != nil) == (model[number] != nil))
      if let index = list.index(of: id) { #expect(list.entries[index].thread.id == id) }
    }
    let wanted = model.sorted {
      $0.value != $1.value
        ? $0.value > $1.value
        : thread($0.key, at: nil).id.rawValue < thread($1.key, at: nil).id.rawValue
    }
    #expect(list.entries.map(\.thread) == wanted.map { thread($0.key, at: $0.value) })
  }

  @Test("the count of threads with something unseen is that of the list, whatever changes")
  func unreadCount() {
    var list = ThreadList()
    var generator = SplitMix(state: 5)
    func moment() -> Timestamp { Timestamp(seconds: Int64(generator.next() % 300)) }
    for _ in 0..<5000 {
      let number = Int(generator.next() % 50)
      let one = thread(number, at: Int64(generator.next() % 300))
      switch generator.next() % 9 {
      case 0, 1: list.put(one)
      case 2: list.noteMessage(in: one.id, on: moment(), isSeen: generator.next() % 3 == 0)
      case 3: _ = list.markSeen(one.id)
      case 4: list.stand([.member, .left, .deleted][Int(generator.next() % 3)], in: one.id)
      case 5: list.restore(StoredThread(thread: one, seenUpTo: moment().milliseconds))
      case 6:
        list.beginReading()
        list.take([one], isLast: generator.next() % 2 == 0)
      case 7: list.pin(one.id, generator.next() % 2 == 0)
      default: list.remove(one.id)
      }
      #expect(list.unreadCount == list.entries.count { $0.isUnread })
    }
    #expect(list.unreadCount > 0)
  }

  @Test("from what no page of a whole reading named, the user was removed")
  func reading() {
    var list = ThreadList()
    list.beginReading()
    list.take([thread(1, at: 1), thread(2, at: 2)], isLast: true)
    list.beginReading()
    list.take([thread(3, at: 3)], isLast: false)
    #expect(list.entries.count == 3)
    list.take([thread(1, at: 1)], isLast: true)
    #expect(list.entries.map(\.standing) == [.member, .removed, .member])
    list.beginReading()
    list.take([thread(2, at: 2)], isLast: false)
    #expect(list.entries.map(\.standing) == [.member, .member, .member])
  }

  @Test("what was told after the list was asked for is newer than the list")
  func staleReading() {
    var list = ThreadList()
    list.beginReading()
    list.take([thread(1, at: 1), thread(2, at: 2)], isLast: true)
    list.beginReading()
    list.put(thread(3, at: 3))
    list.stand(.removed, in: thread(1, at: 1).id)
    list.rename(thread(2, at: 2).id, to: "Told since", version: 9)
    list.take([thread(1, at: 1), thread(2, at: 2)], isLast: true)
    #expect(list.entry(thread(3, at: 3).id)?.standing == .member, "it was made since")
    #expect(list.entry(thread(1, at: 1).id)?.standing == .removed)
    #expect(list.entry(thread(2, at: 2).id)?.thread.topic == "Told since")
    list.beginReading()
    list.take([thread(1, at: 1), thread(2, at: 2)], isLast: true)
    #expect(list.entry(thread(3, at: 3).id)?.standing == .removed)
    #expect(list.entry(thread(1, at: 1).id)?.standing == .member)
    #expect(list.entry(thread(2, at: 2).id)?.thread.topic == thread(2, at: 2).topic)
  }
}
