import ACSTypes
import SQLiteDatabase
import Services
import TestKit
import Testing

@testable import LocalStore

/// Both histories must do the same; `file` is on the disk, `table` in memory by SQLite.
enum Kind: CaseIterable {
  case file, table, model
}

@Suite("The local history")
struct SQLiteHistoryStoreTests {
  private let folder = HistoryFolder()

  private func store(_ kind: Kind) throws -> any HistoryStore {
    switch kind {
    case .file: try SQLiteHistoryStore(folder.file)
    case .table: try SQLiteHistoryStore(nil)
    case .model: MemoryHistoryStore()
    }
  }

  private static let whole = StoredThread(
    thread: ChatThread(
      id: general, topic: "T\u{0}o\"p'ic 🎉", createdOn: Timestamp(milliseconds: 1),
      createdBy: ann, deletedOn: Timestamp(milliseconds: -5),
      lastMessageReceivedOn: Timestamp(milliseconds: .max)),
    standing: .removed, removedBy: bob, isPinned: true, isMuted: true, seenUpTo: .min,
    unreadCount: 99, countedUpTo: -7, unreadPlaces: [-6, 0, .max], hasMoreUnread: true,
    draft: "half a th",
    participants: [
      ChatParticipant(identifier: ann, displayName: nil, shareHistoryTime: .epoch),
      ChatParticipant(identifier: bob, displayName: ""),
    ],
    receipts: [
      ChatMessageReadReceipt(
        sender: bob, messageID: ChatMessageID("17"), readOn: Timestamp(milliseconds: 17))
    ],
    coverage: [
      HistoryStretch(oldest: 1, newest: 5, reachesBeginning: true),
      HistoryStretch(oldest: 9, newest: 12),
    ], newestVersion: 1_763_690_000_000, unsureSecond: 1_763_690_000)

  @Test("what was saved is loaded whole, by another store too", arguments: Kind.allCases)
  func wholeHistory(kind: Kind) async throws {
    let outbox = [
      OutboxRecord(
        clientID: "b", thread: general, intent: .edit(ChatMessageID("9"), text: "x"),
        writtenOn: Timestamp(milliseconds: 2), state: .failed(reason: "no"), attempts: 3),
      OutboxRecord(
        clientID: "c", thread: random, intent: .delete(ChatMessageID("9")),
        writtenOn: Timestamp(milliseconds: 2), state: .unsettled),
      OutboxRecord(
        clientID: "a", thread: general, intent: .send(text: "\u{0}'\""),
        writtenOn: Timestamp(milliseconds: 1)),
    ]
    let wanted = StoredHistory(
      threads: [SQLiteHistoryStoreTests.whole], outbox: [outbox[2], outbox[0], outbox[1]],
      contacts: [ann: "Ann", bob: "B\u{0}b"], isListRead: true)
    var store = try store(kind)
    #expect(try await store.load() == StoredHistory())
    try await store.save(
      [
        .listRead, .thread(SQLiteHistoryStoreTests.whole), .contact(ann, name: "A"),
        .contact(ann, name: "Ann"),
      ]
        + [.contact(bob, name: "B\u{0}b")] + outbox.map(HistoryChange.outbox))
    #expect(try await store.load() == wanted)
    if kind == .file { store = try self.store(kind) }
    #expect(try await store.load() == wanted)

    var later = outbox[0]
    later.state = .queued
    try await store.save([
      .outbox(later), .outboxSettled(clientID: "a"), .outboxSettled(clientID: "nobody"),
      .contact(bob, name: ""), .draft(general, "whole"), .draft(random, "of nothing"),
    ])
    var changed = wanted
    changed.outbox = [later, outbox[1]]
    changed.contacts = [ann: "Ann"]
    changed.threads[0].draft = "whole"
    #expect(try await store.load() == changed)
  }

  @Test(
    "the first threads are the pinned ones and those with the newest messages",
    arguments: Kind.allCases)
  func firstThreads(kind: Kind) async throws {
    let store = try store(kind)
    try await store.save(
      (1...9).map { number in
        var thread = thread(ChatThreadID("\(number)"), received: Int64(number))
        thread.isPinned = number == 4
        return .thread(thread)
      })
    for (limit, wanted) in [(0, []), (1, ["4"]), (3, ["4", "9", "8"])] {
      let first = try await store.load(firstThreads: limit)
      #expect(first.threads.map(\.thread.id.rawValue) == wanted)
    }
    #expect(try await store.load(firstThreads: 100).threads.count == 9)
  }

  @Test("every kind of message is read as it was saved", arguments: Kind.allCases)
  func contents(kind: Kind) async throws {
    let people = [ChatParticipant(identifier: bob, displayName: "Bob")]
    let contents: [ChatMessage.Content] = [
      .text(""), .text("a\u{0}b"), .html("<p>x</p>"), .topicUpdated(topic: "new", initiator: nil),
      .participantAdded(people, initiator: ann), .participantRemoved(people, initiator: nil),
      .participantAdded([], initiator: nil), .unknown(type: "Poll"),
    ]
    var messages = contents.enumerated().map { place, content in
      ChatMessage(
        id: ChatMessageID("\(place + 1)"), sequenceID: -1, version: .max, content: content,
        createdOn: Timestamp(milliseconds: 5))
    }
    messages[0].metadata = ["a": "", "": "b", "é\"": "\u{0}"]
    messages[0].attachments = [
      ChatAttachment(id: "1", kind: .file, name: "x.pdf", url: "https://x"),
      ChatAttachment(id: "", kind: .unknown),
    ]
    messages[0].editedOn = Timestamp(milliseconds: -1)
    messages.append(
      ChatMessage(
        id: ChatMessageID("no number"), sequenceID: 1, version: 1, content: .text("x"),
        createdOn: .epoch))
    let store = try store(kind)
    try await store.save([.messages(general, messages)])
    let read = try await store.messages(in: general, after: nil, limit: 100)
    #expect(read == [messages[8]] + messages[..<8])
    #expect(try await store.messages(in: general, before: nil, limit: 100) == read.reversed())
  }

  @Test("pages go backwards and forwards from a place", arguments: Kind.allCases)
  func pages(kind: Kind) async throws {
    let store = try store(kind)
    try await store.save([
      .messages(general, [5, 1, 3, 2, 4].map { text($0, "m\($0)") }),
      .messages(random, [text(3, "other")]),
    ])
    func places(_ messages: [ChatMessage]) -> [Int64] { messages.map(\.id.place) }
    #expect(places(try await store.messages(in: general, before: nil, limit: 2)) == [5, 4])
    #expect(places(try await store.messages(in: general, before: 4, limit: 2)) == [3, 2])
    #expect(places(try await store.messages(in: general, before: 2, limit: 2)) == [1])
    #expect(places(try await store.messages(in: general, before: 1, limit: 2)) == [])
    #expect(places(try await store.messages(in: general, after: nil, limit: 2)) == [1, 2])
    #expect(places(try await store.messages(in: general, after: 2, limit: 9)) == [3, 4, 5])
    #expect(places(try await store.messages(in: general, before: nil, limit: 0)) == [])
    let unknown = ChatThreadID("nobody's")
    #expect(places(try await store.messages(in: unknown, before: nil, limit: 9)) == [])
  }

  /// What is here, what comes, which stays.
  private static let meetings: [(here: ChatMessage, comes: ChatMessage, stays: String)] = [
    (text(1, "old", version: 1), text(1, "new", version: 2), "new"),
    (text(1, "new", version: 2), text(1, "old", version: 1), "new"),
    (text(1, "first", version: 1), text(1, "second", version: 1), "first"),
    (text(1, "text", version: 1), text(1, "x", version: 1, deleted: true), ""),
    (text(1, "x", version: 1, deleted: true), text(1, "text", version: 1), ""),
    (text(1, "x", version: 2, deleted: true), text(1, "late edit", version: 1), ""),
    // A deletion is final.
    (text(1, "edit", version: 2), text(1, "x", version: 1, deleted: true), ""),
    (text(1, "x", version: 1, deleted: true), text(1, "late edit", version: 2), ""),
  ]

  @Test("of two messages with one id one stays, and only it is found", arguments: Kind.allCases)
  func versions(kind: Kind) async throws {
    for (number, meeting) in SQLiteHistoryStoreTests.meetings.enumerated() {
      for isTogether in [true, false] {
        let store = try store(kind == .file ? .table : kind)
        let changes = [
          HistoryChange.messages(general, [meeting.here]), .messages(general, [meeting.comes]),
        ]
        if isTogether {
          try await store.save(changes)
        } else {
          for change in changes { try await store.save([change]) }
        }
        let read = try await store.messages(in: general, before: nil, limit: 9)
        #expect(read.map(\.content) == [.text(meeting.stays)], "meeting \(number)")
        for word in ["old", "new", "first", "second", "text", "late", "edit", "x"] {
          let found = try await store.search(word, in: nil, before: nil, limit: 9)
          #expect(found.isEmpty == !meeting.stays.hasPrefix(word), "\(word), meeting \(number)")
        }
      }
    }
  }

  @Test("a forgotten thread goes with its messages and is met anew", arguments: Kind.allCases)
  func forgotten(kind: Kind) async throws {
    let store = try store(kind)
    try await store.save([
      .thread(thread(general)), .thread(thread(random)),
      .messages(general, (1...700).map { text($0, "word\($0)") }),
      .messages(random, [text(1, "word1")]), .threadForgotten(general),
      .threadForgotten(ChatThreadID("nobody's")),
    ])
    #expect(try await store.load().threads.map(\.thread.id) == [random])
    #expect(try await store.messages(in: general, before: nil, limit: 9).isEmpty)
    #expect(
      try await store.search("word", in: nil, before: nil, limit: 999).map(\.thread) == [random])
    try await store.save([.messages(general, [text(5, "word5")])])
    #expect(try await store.load().threads.map(\.thread.id) == [random])
    #expect(try await store.search("word5", in: general, before: nil, limit: 9).count == 1)
  }

  @Test(
    "retention lets go of old messages and of the claim to have them",
    arguments: Kind.allCases)
  func retention(kind: Kind) async throws {
    let store = try store(kind)
    var cut = thread(general)
    cut.coverage = [
      HistoryStretch(oldest: 1000, newest: 2000, reachesBeginning: true),
      HistoryStretch(oldest: 3000, newest: 9000),
    ]
    var untouched = thread(random)
    untouched.coverage = [HistoryStretch(oldest: 8000, newest: 9000, reachesBeginning: true)]
    try await store.save([
      .thread(cut), .thread(untouched),
      .messages(general, [1000, 2000, 3000, 4000, 5000, 9000].map { text($0, "word") }),
      .messages(random, [8000, 9000].map { text($0, "word") }),
      .retention(before: Timestamp(milliseconds: 5000)),
    ])
    #expect(
      try await store.messages(in: general, before: nil, limit: 9).map(\.id.place) == [9000, 5000])
    #expect(try await store.search("word", in: nil, before: nil, limit: 9).count == 4)
    cut.coverage = [HistoryStretch(oldest: 4001, newest: 9000)]
    #expect(Set(try await store.load().threads) == [cut, untouched])
    try await store.save([.retention(before: Timestamp(milliseconds: .max))])
    #expect(try await store.search("word", in: nil, before: nil, limit: 9).isEmpty)
    #expect(Set(try await store.load().threads.flatMap(\.coverage)) == [])
  }

  @Test(
    "a stretch that was read joins those that it touches, and leaves the others",
    arguments: Kind.allCases)
  func stretches(kind: Kind) async throws {
    let store = try store(kind)
    try await store.save([
      .thread(thread(general)),
      .stretch(general, HistoryStretch(oldest: 1000, newest: 2000, reachesBeginning: true)),
      .stretch(general, HistoryStretch(oldest: 7000, newest: 9000)),
      .stretch(general, HistoryStretch(oldest: 3000, newest: 4000)),
      .stretch(random, HistoryStretch(oldest: 1, newest: 2)),
    ])
    #expect(
      try await store.load().threads.map(\.coverage) == [
        [
          HistoryStretch(oldest: 1000, newest: 2000, reachesBeginning: true),
          HistoryStretch(oldest: 3000, newest: 4000), HistoryStretch(oldest: 7000, newest: 9000),
        ]
      ])
    try await store.save([.stretch(general, HistoryStretch(oldest: 1500, newest: 3500))])
    #expect(
      try await store.load().threads.map(\.coverage) == [
        [
          HistoryStretch(oldest: 1000, newest: 4000, reachesBeginning: true),
          HistoryStretch(oldest: 7000, newest: 9000),
        ]
      ])
  }

  @Test("a save that fails in its midst changes nothing")
  func allOrNothing() async throws {
    let store = try SQLiteHistoryStore(folder.file)
    try await store.save([.thread(thread(general)), .messages(general, [text(1, "here")])])
    let before = try await store.load()
    try SQLiteConnection(
      path: folder.file.path, schema: SQLiteHistoryStore.schema, access: .shared
    ).run(
      """
      CREATE TRIGGER no_drafts BEFORE UPDATE OF draft ON threads
      BEGIN SELECT RAISE(ABORT, 'no drafts'); END
      """)
    await #expect(throws: StoreError.self) {
      try await store.save([
        .messages(general, [text(2, "half")]), .threadForgotten(random),
        .draft(general, "impossible"),
      ])
    }
    #expect(try await store.load() == before)
    #expect(try await store.search("half", in: nil, before: nil, limit: 9).isEmpty)
    #expect(try await store.messages(in: general, before: nil, limit: 9).count == 1)
  }
}
