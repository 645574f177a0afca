import ACSTypes
import Cells
import ClientModel
import KeyInput
import Phrases
import Testing
import Views

@Suite("What the screen shows of the chats")
struct ChatScreenTests {
  private static let lost = ServiceError(.unreachable, "The connection was closed by the service.")
  private static let down = ServiceError(
    .unreachable, "The Chat service at http://127.0.0.1:7750 does not answer: connection refused.")

  /// A world whose events come as they happen.
  private func live(columns: Int, rows: Int) -> World {
    let world = World(columns: columns, rows: rows, wantsEvents: true)
    world.signIn()
    world.step(.chatSignalled(.connected))
    return world
  }

  private func change(_ person: CommunicationIdentifier) -> ThreadChange {
    ThreadChange(
      thread: World.release, initiator: person, changedOn: World.start,
      version: World.start.milliseconds + 1)
  }

  @Test("messages come as they are sent")
  func liveStatus() throws {
    let world = live(columns: 80, rows: 12)
    #expect(statusText(world.state, .english) == "live")
    try expectScreen(world.state, named: "status-live")
  }

  @Test("the channel was lost: what that means, why, and when it is tried again")
  func reconnecting() throws {
    for (columns, rows) in [(80, 12), (20, 6)] {
      let world = live(columns: columns, rows: rows)
      world.finish(.failed(Self.lost)) { $0 == .openEvents }
      #expect(statusText(world.state, .english) == "reconnecting, next try in 2 s")
      try expectScreen(world.state, named: "status-reconnecting-\(columns)x\(rows)")
    }
  }

  @Test("the channel never came up: it is polled, and said why")
  func polling() throws {
    let world = World(columns: 80, rows: 12, wantsEvents: true)
    world.signIn()
    world.finish(.failed(Self.lost)) { $0 == .openEvents }
    #expect(statusText(world.state, .english) == "polling, next try in 1 s")
    try expectScreen(world.state, named: "status-polling-cause")
  }

  @Test("older messages that the service holds back: when they come, at the top")
  func olderHeld() throws {
    let world = World(columns: 80, rows: 12)
    world.signIn(older: "next")
    for _ in 0..<4 { world.press("PgUp") }
    let error = ServiceError(.throttled, "Too many requests.", retryAfter: .seconds(12))
    world.finish(.failed(error)) { if case .listMessages(_, .older) = $0 { true } else { false } }
    try expectScreen(world.state, named: "older-held")
    world.wait(.seconds(5))
    world.step(.clockAdvanced)
    #expect(
      render(world.state, theme: Theme(), phrases: .english).frame.grid.plainText
        .contains("Older messages in 7 s."))
    world.press("M-End")
    #expect(
      !render(world.state, theme: Theme(), phrases: .english).frame.grid.plainText
        .contains("Older messages"))
  }

  @Test("nothing reaches the service: how much waits, and when it is tried again")
  func offline() throws {
    for (columns, rows) in [(80, 16), (120, 16), (20, 6)] {
      let world = live(columns: columns, rows: rows)
      world.fail(Self.down)
      for text in ["one", "two", "three"] {
        world.type(text)
        world.press("Enter")
      }
      #expect(statusText(world.state, .english) == "offline, 3 queued, next try in 3 s")
      try expectScreen(world.state, named: "status-offline-\(columns)x\(rows)")
    }
  }

  @Test("a countdown wakes the screen each second, and nothing wakes it when nothing counts")
  func countdown() {
    let world = live(columns: 80, rows: 12)
    let quiet = world.state.nextDeadline ?? .epoch
    #expect(quiet - world.state.now > .seconds(1))
    world.finish(.failed(Self.lost)) { $0 == .openEvents }
    #expect(world.state.nextDeadline.map { $0 - world.state.now <= .seconds(1) } == true)
  }

  @Test("threads: pinned, unread, muted, without a topic, left, removed and deleted ones")
  func threads() throws {
    for (columns, rows) in [(80, 16), (20, 6)] {
      let world = busy(columns: columns, rows: rows)
      world.press("S-Tab")
      try expectScreen(world.state, named: "threads-\(columns)x\(rows)")
    }
  }

  /// A world with a thread of each kind.
  private func busy(columns: Int, rows: Int) -> World {
    let world = live(columns: columns, rows: rows)
    let lunch = ChatThreadID("19:lunch@thread.v2")
    for offset in 1...3 {
      world.step(
        .chatSignalled(
          .event(
            .messageReceived(
              lunch,
              World.message(Int64(offset) * 1000, "Soup!", from: World.carol, name: "Carol")))))
    }
    for (id, topic) in [("pair", ""), ("old", "Old plans"), ("gone", "Gone"), ("quiet", "Builds")] {
      let thread = ChatThread(
        id: ChatThreadID("19:\(id)@thread.v2"), topic: topic,
        lastMessageReceivedOn: World.start - .seconds(20_000))
      world.step(
        .chatSignalled(
          .event(
            .threadCreated(
              thread,
              members: [
                ChatParticipant(identifier: World.alice, displayName: "Alice"),
                ChatParticipant(identifier: World.carol, displayName: "Carol"),
              ], version: 1))))
    }
    world.step(
      .chatSignalled(
        .event(
          .threadDeleted(
            ThreadChange(
              thread: ChatThreadID("19:gone@thread.v2"), initiator: World.carol,
              changedOn: World.start, version: 2)))))
    world.step(
      .chatSignalled(
        .event(
          .participantsRemoved(
            ThreadChange(
              thread: ChatThreadID("19:old@thread.v2"), initiator: World.carol,
              changedOn: World.start, version: 2),
            [ChatParticipant(identifier: World.alice)]))))
    return world
  }

  @Test("others type, one, two or many; on a low screen beside the topic")
  func typing() throws {
    for (columns, rows) in [(80, 14), (20, 6)] {
      let world = live(columns: columns, rows: rows)
      for (person, name) in [(World.bob, "Bob"), (World.carol, "Carol")] {
        world.step(
          .chatSignalled(
            .event(
              .typingReceived(
                World.release,
                TypingNotice(sender: person, displayName: name, receivedOn: World.start)))))
      }
      try expectScreen(world.state, named: "typing-\(columns)x\(rows)")
    }
  }

  @Test("who has read how far, and whoever wrote later is not named")
  func readers() throws {
    let world = live(columns: 80, rows: 20)
    for (person, offset) in [(World.bob, Int64(-60_000)), (World.carol, -60_000)] {
      world.step(
        .chatSignalled(
          .event(
            .readReceiptReceived(
              World.release,
              ChatMessageReadReceipt(
                sender: person,
                messageID: World.message(offset, "", from: World.alice, name: "").id,
                readOn: World.start)))))
    }
    world.type("Thanks")
    try expectScreen(world.state, named: "readers")
  }

  @Test("a line shows what came while nobody looked")
  func unread() throws {
    let world = live(columns: 80, rows: 20)
    world.step(.focusChanged(isFocused: false))
    world.step(
      .chatSignalled(
        .event(
          .messageReceived(
            World.release,
            World.message(5000, "Are you there?", from: World.bob, name: "Bob")))))
    #expect(world.state.threads.entry(World.release)?.unreadCount == 1)
    world.step(.focusChanged(isFocused: true))
    #expect(world.state.threads.entry(World.release)?.unreadCount == 0)
    try expectScreen(world.state, named: "unread-line")
  }

  @Test("messages that wait, are under way and were refused, with what to press")
  func outbox() throws {
    for (columns, rows) in [(80, 20), (40, 14)] {
      let world = live(columns: columns, rows: rows)
      for text in ["This one is refused", "This one is under way", "This one waits"] {
        world.type(text)
        world.press("Enter")
      }
      world.finish(
        .failed(
          ServiceError(
            .refused, "The message is larger than 28 KB. Shorten it, or send it in two parts."))
      ) { if case .send = $0 { true } else { false } }
      try expectScreen(world.state, named: "outbox-\(columns)x\(rows)")
    }
  }

  @Test("files and images are named below the message they came with")
  func attachments() throws {
    let world = live(columns: 80, rows: 16)
    var message = World.message(5000, "The plan", from: World.bob, name: "Bob")
    message.attachments = [
      ChatAttachment(id: "1", kind: .file, name: "plan 2027.pdf"),
      ChatAttachment(id: "2", kind: .image),
    ]
    world.step(.chatSignalled(.event(.messageReceived(World.release, message))))
    var bare = World.message(6000, "", from: World.bob, name: "Bob")
    bare.attachments = [ChatAttachment(id: "3", kind: .image, name: "\u{1B}[31mphoto.png")]
    world.step(.chatSignalled(.event(.messageReceived(World.release, bare))))
    try expectScreen(world.state, named: "attachments")
  }

  @Test("who was removed can read on, and is told who did it instead of being let write")
  func readOnly() throws {
    for (columns, rows) in [(80, 14), (20, 6)] {
      let world = live(columns: columns, rows: rows)
      world.step(
        .chatSignalled(
          .event(
            .participantsRemoved(change(World.bob), [ChatParticipant(identifier: World.alice)]))))
      world.wait(.seconds(20))
      world.step(.clockAdvanced)
      world.type("lost words")
      #expect(world.state.composer.isEmpty)
      try expectScreen(world.state, named: "read-only-\(columns)x\(rows)")
    }
  }

  @Test("failures in two threads at once are both seen")
  func twoFailures() throws {
    let world = live(columns: 80, rows: 14)
    world.type("to the release room")
    world.press("Enter", "M-Down")
    world.type("to lunch")
    world.press("Enter", "M-Down")
    for _ in 0..<2 {
      world.finish(.failed(ServiceError(.refused, "The service took no message."))) {
        if case .send = $0 { true } else { false }
      }
    }
    try expectScreen(world.state, named: "two-failures")
    world.wait(.seconds(4))
    world.step(.clockAdvanced)
    #expect(
      world.state.notice?.message == .failure("Lunch 🍜: not sent. The service took no message."))
  }

  @Test("the people of a thread: who, how far each has read, and how to add somebody")
  func people() throws {
    for (columns, rows) in [(80, 16), (20, 6)] {
      let world = live(columns: columns, rows: rows)
      world.step(
        .chatSignalled(
          .event(
            .readReceiptReceived(
              World.release,
              ChatMessageReadReceipt(
                sender: World.bob,
                messageID: World.message(-60_000, "", from: World.alice, name: "").id,
                readOn: World.start)))))
      world.press("M-w", "Down")
      try expectScreen(world.state, named: "people-\(columns)x\(rows)")
    }
  }

  @Test("somebody to be added, found by name, and what the service says to it")
  func addPerson() throws {
    let world = live(columns: 80, rows: 16)
    world.press("M-w")
    world.type("Ca")
    world.finish(.people([])) { $0 == .findPeople("C") }
    world.finish(
      .people([
        Person(identifier: World.bob, displayName: "Bob"),
        Person(identifier: World.carol, displayName: "Carol"),
      ])
    ) { $0 == .findPeople("Ca") }
    try expectScreen(world.state, named: "people-found")
    world.press("Enter")
    world.finish(.failed(ServiceError(.refused, "The identity does not exist."))) {
      if case .addParticipants = $0 { true } else { false }
    }
    try expectScreen(world.state, named: "people-refused")
  }

  @Test("the dialog that changes the topic")
  func topic() throws {
    for (columns, rows) in [(80, 14), (20, 6)] {
      let world = live(columns: columns, rows: rows)
      world.press("M-e")
      world.type("!")
      try expectScreen(world.state, named: "topic-\(columns)x\(rows)")
    }
  }

  @Test("the questions: what follows from a yes")
  func questions() throws {
    for (columns, rows) in [(80, 14), (20, 6)] {
      let world = live(columns: columns, rows: rows)
      world.press("M-x")
      try expectScreen(world.state, named: "leave-question-\(columns)x\(rows)")
    }
    let world = live(columns: 80, rows: 14)
    world.press("M-w", "Down", "Delete")
    try expectScreen(world.state, named: "remove-question")
  }

  @Test("a pinned thread at the top, a muted one in a low voice, one that was left")
  func standings() throws {
    let world = busy(columns: 120, rows: 16)
    world.press("S-Tab", "Down", "M-p", "End", "M-q")
    world.wait(.seconds(20))
    world.step(.clockAdvanced)
    world.press("Esc", "M-x", "y")
    world.finish(.done) { if case .removeParticipant = $0 { true } else { false } }
    try expectScreen(world.state, named: "threads-standings")
  }

  @Test(
    "the search: what to type, searching, hits with their words marked, none",
    arguments: [(100, 18), (20, 6)])
  func search(columns: Int, rows: Int) throws {
    let hits = [("Is the build green?", 13..<18), ("…a green light for the release", 2..<7)].map {
      HistoryHit(
        thread: World.release,
        message: World.message(-80_000_000, $0, from: World.bob, name: "Bob"), excerpt: $0,
        marks: [$1])
    }
    for (found, name) in [(hits, ""), ([], "-nothing")] {
      let world = World(columns: columns, rows: rows, keepsHistory: true)
      world.signIn()
      world.press("C-r")
      if columns == 100 { try expectScreen(world.state, named: "search-empty") }
      world.type("green")
      try expectScreen(world.state, named: "search-loading-\(columns)x\(rows)")
      while let search = world.searchUnderWay { world.step(.finished(search, .hits(found))) }
      try expectScreen(world.state, named: "search\(name)-\(columns)x\(rows)")
    }
  }
}

extension World {
  /// The search that has not brought anything yet.
  fileprivate var searchUnderWay: EffectID? {
    state.ledger.entries.last { if case .search = $0.action { true } else { false } }?.id
  }
}
