import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("Searching what is kept")
struct SearchFlowTests {
  private static let isSearch: @Sendable (Effect.Action) -> Bool = {
    if case .search = $0 { true } else { false }
  }
  private static let isSave: @Sendable (Effect.Action) -> Bool = {
    if case .save = $0 { true } else { false }
  }

  /// Signed in with a history and the release room open, with nothing under way and the search open.
  private func searching() -> FlowTester {
    let tester = FlowTester.keeping(messages: [message(0, "whale")])
    tester.press("C-r")
    return tester
  }

  private func hit(_ offset: Int64, in thread: ChatThreadID = .release) -> HistoryHit {
    HistoryHit(
      thread: thread, message: message(offset, "whale \(offset)"), excerpt: "whale \(offset)",
      marks: [0..<5])
  }

  /// The questions under way.
  private func asked(_ tester: FlowTester) -> [Effect.Action] {
    tester.state.ledger.entries.map(\.action).filter(Self.isSearch)
  }

  private func find(
    _ hits: [HistoryHit], _ tester: FlowTester, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    tester.settle(where: Self.isSearch, .hits(hits), sourceLocation: sourceLocation)
  }

  private func selected(_ tester: FlowTester) -> Int64? {
    let search = tester.state.search
    return search?.selection.flatMap { search?.hits[$0].message.id.place }.map {
      $0 - Timestamp.start.milliseconds
    }
  }

  // MARK: What is typed

  @Test("each word typed is looked for; what is typed on while hits are on their way is next")
  func typing() {
    let tester = searching()
    #expect(asked(tester).isEmpty, "nothing is looked for before there is a word")
    tester.type(" ")
    #expect(asked(tester).isEmpty)
    tester.type("w")
    #expect(asked(tester) == [.search(" w", in: nil, before: nil)])
    #expect(tester.state.search?.isLoading == true)
    tester.type("hale")
    #expect(asked(tester).count == 1, "one question at a time")
    find([hit(1)], tester)
    #expect(asked(tester) == [.search(" whale", in: nil, before: nil)])
    #expect(tester.state.search?.hits.isEmpty == true, "the answer is of other words")
    find([hit(2), hit(1)], tester)
    #expect(tester.state.search?.hits == [hit(2), hit(1)])
    #expect(tester.state.search?.selection == 0)
    #expect(tester.state.search?.isLoading == false)
    #expect(asked(tester).isEmpty)
  }

  @Test("hits of the words before stand until those of the new words are here")
  func noFlicker() {
    let tester = searching()
    tester.type("w")
    find([hit(2), hit(1)], tester)
    tester.press("Down")
    tester.type("h")
    #expect(tester.state.search?.hits.count == 2)
    find([hit(1)], tester)
    #expect(tester.state.search?.hits == [hit(1)])
    #expect(tester.state.search?.selection == 0)
  }

  @Test(
    "words go as they came",
    arguments: [
      ("C-u", ""), ("C-w", "blue "), ("Backspace", "blue whal"), ("Left", "blue whale"),
    ])
  func deleting(chord: String, rest: String) {
    let tester = searching()
    tester.type("blue whale")
    find([], tester)
    find([hit(1)], tester)
    tester.press(chord)
    #expect(tester.state.search?.query.text == rest)
    #expect(asked(tester).isEmpty == (rest.isEmpty || rest == "blue whale"))
    #expect(tester.state.search?.hits == (rest.isEmpty ? [] : [hit(1)]))
    #expect(tester.state.search?.isLoading == !asked(tester).isEmpty)
  }

  @Test("words that are gone when the answer comes are not looked for again")
  func cleared() {
    let tester = searching()
    tester.type("w")
    tester.press("C-u")
    find([hit(1)], tester)
    #expect(asked(tester).isEmpty)
    #expect(tester.state.search?.hits.isEmpty == true)
    #expect(tester.state.search?.isLoading == false)
  }

  @Test("the pane can be closed with a question under way, and opened anew")
  func closing() {
    let tester = searching()
    tester.type("w")
    tester.press("Esc")
    #expect(tester.state.search == nil)
    #expect(tester.state.interface.pane == nil)
    find([hit(1)], tester)
    #expect(tester.state.search == nil)
    tester.press("C-r")
    #expect(tester.state.search?.query.isEmpty == true)
  }

  // MARK: Where

  @Test("one key searches the open thread instead of all, and all again")
  func scope() {
    let tester = searching()
    tester.type("w")
    find([hit(1)], tester)
    tester.press("Tab")
    #expect(asked(tester) == [.search("w", in: .release, before: nil)])
    tester.press("Tab", "Tab")
    #expect(asked(tester).count == 1)
    find([hit(1)], tester)
    #expect(tester.state.search?.thread == .release)
    tester.press("Tab")
    find([hit(1), hit(0, in: .lunch)], tester)
    #expect(tester.state.search?.thread == nil)
    #expect(tester.state.search?.hits.count == 2)
  }

  @Test("a search begun among the messages is of their thread")
  func ofThread() {
    let tester = FlowTester.keeping(messages: [message(0, "whale")])
    tester.press("Tab", "/")
    #expect(tester.state.search?.thread == .release)
    tester.type("w")
    #expect(asked(tester) == [.search("w", in: .release, before: nil)])
  }

  @Test("without a history there is nothing to search, and the person is told why")
  func nothingKept() {
    let tester = FlowTester.signedIn(gateway: false)
    tester.press("C-r")
    #expect(tester.state.search == nil)
    #expect(tester.state.interface.pane == nil)
    #expect(
      tester.state.notice?.message
        == .failure("There is nothing to search: the config file says history: { keep: false }."))
    let broken = FlowTester.keeping()
    broken.step(.historyFailed("It is damaged."))
    broken.pass(.seconds(60))
    broken.press("C-r")
    #expect(
      broken.state.notice?.message == .failure("There is nothing to search: It is damaged."))
  }

  // MARK: Moving

  @Test("the selection stays among the hits, and more are asked for before their end")
  func moving() {
    let tester = searching()
    tester.press("Down", "Up", "PgDn", "PgUp", "Enter")
    #expect(tester.state.search?.selection == nil)
    tester.type("w")
    find((0..<50).map { hit(1000 - $0) }, tester)
    tester.press("Up", "PgUp")
    #expect(tester.state.search?.selection == 0)
    tester.press("PgDn", "PgDn", "PgDn", "Down")
    #expect(tester.state.search?.selection == 31)
    #expect(asked(tester).isEmpty)
    tester.press("PgDn")
    #expect(
      asked(tester) == [
        .search("w", in: nil, before: Timestamp.start.milliseconds + 952)
      ])
    tester.press("PgDn", "PgDn")
    #expect(tester.state.search?.selection == 49)
    #expect(asked(tester).count == 1)
    #expect(tester.state.search?.hits.count == 50, "what stands stays meanwhile")
    // The last one comes again, with one of its millisecond in another thread.
    find([hit(951), hit(951, in: .lunch)] + (0..<6).map { hit(900 - $0) }, tester)
    #expect(tester.state.search?.hits.count == 57)
    #expect(tester.state.search?.hits[50].thread == .lunch)
    #expect(tester.state.search?.selection == 49)
    tester.press("PgDn", "PgDn")
    #expect(tester.state.search?.selection == 56)
    #expect(asked(tester).isEmpty, "a page that is not full was the last")
  }

  @Test("no more than a thousand hits are gathered")
  func limit() {
    let tester = searching()
    tester.type("w")
    var pages = 0
    while !asked(tester).isEmpty, pages < 100 {
      pages += 1
      find((0..<50).map { hit(Int64(100_000 - pages * 50 - $0)) }, tester)
      for _ in 0..<6 { tester.press("PgDn") }
    }
    #expect(pages == 20)
    #expect(tester.state.search?.hits.count == 1000)
    tester.press("Enter")
    tester.press("n")
    #expect(
      tester.state.notice?.message
        == .information("There are too many; more words find the older ones."))
  }

  @Test("what is typed while older hits are on their way is looked for next")
  func typedOnWhileLookingFurther() {
    let tester = searching()
    tester.type("w")
    find((0..<50).map { hit(1000 - $0) }, tester)
    for _ in 0..<5 { tester.press("PgDn") }
    tester.type("h")
    find((0..<50).map { hit(900 - $0) }, tester)
    #expect(asked(tester) == [.search("wh", in: nil, before: nil)])
    find([hit(5)], tester)
    #expect(tester.state.search?.hits == [hit(5)])
    #expect(tester.state.search?.selection == 0)
  }

  @Test("a store that fails is told, and the next word is looked for all the same")
  func failure() {
    let tester = searching()
    tester.type("w")
    tester.settle(where: Self.isSearch, .failed(ServiceError(.storeFailed, "It is damaged.")))
    #expect(tester.state.search?.problem == "It is damaged.")
    #expect(tester.state.search?.isLoading == false)
    tester.type("h")
    #expect(tester.state.search?.problem == nil)
    find([hit(1)], tester)
    #expect(tester.state.search?.problem == nil)
    #expect(tester.state.search?.hits == [hit(1)])
  }

  @Test("older hits that cannot be read leave those that stand")
  func failureOfOlder() {
    let tester = searching()
    tester.type("w")
    find((0..<50).map { hit(1000 - $0) }, tester)
    for _ in 0..<5 { tester.press("PgDn") }
    tester.settle(where: Self.isSearch, .failed(ServiceError(.storeFailed, "It is damaged.")))
    #expect(tester.state.search?.hits.count == 50)
    #expect(tester.state.search?.problem == nil)
    #expect(tester.state.notice?.message == .failure("It is damaged."))
    tester.press("PgDn")
    #expect(asked(tester).isEmpty)
  }

  // MARK: Going there

  @Test("a hit in the open thread is selected where it was said")
  func openHere() {
    let tester = searching()
    tester.type("w")
    find([hit(0)], tester)
    tester.press("Enter")
    let state = tester.state
    #expect(state.interface.pane == nil)
    #expect(state.interface.focus == .messages)
    #expect(state.conversations[.release]?.selected == message(0, "").id)
    #expect(state.search != nil, "it stays, to go from hit to hit")
  }

  @Test("a hit far back is read with what was said around it")
  func openFarBack() {
    let tester = searching()
    tester.type("w")
    find([hit(-900_000)], tester)
    tester.press("Enter")
    let place = Timestamp.start.milliseconds - 900_000
    #expect(tester.state.ledger.contains { $0 == .loadMessages(.release, .around(place)) })
    let around = [-900_001, -900_000, -899_999].map { message($0, "m\($0)") }
    tester.settle(
      where: { $0 == .loadMessages(.release, .around(place)) },
      .stored(
        StoredMessages(thread: .release, messages: around, isFirst: false, isLast: false)))
    let conversation = tester.state.conversations[.release]
    #expect(conversation?.messages.map(\.id) == around.map(\.id))
    #expect(conversation?.selected == around[1].id)
    #expect(conversation?.isAtEnd == false)
    // Back at the end what was let go of is read again.
    tester.press("Esc")
    tester.press("C-End")
    #expect(tester.state.ledger.contains { $0 == .loadMessages(.release, .newest) })
  }

  @Test("the hit chosen last is shown, however the answers come")
  func openTwoFarBack() {
    let tester = searching()
    tester.type("w")
    find([hit(-800_000), hit(-900_000)], tester)
    tester.press("Enter", "n")
    for offset in [-800_000, -900_000] as [Int64] {
      let place = Timestamp.start.milliseconds + offset
      tester.settle(
        where: { $0 == .loadMessages(.release, .around(place)) },
        .stored(
          StoredMessages(
            thread: .release, messages: [message(offset, "m")], isFirst: false, isLast: false)))
    }
    #expect(tester.state.conversations[.release]?.selected == message(-900_000, "").id)
  }

  @Test("a hit that was let go of meanwhile is told, and the thread stays as it was")
  func openGoneMessage() {
    let tester = searching()
    tester.type("w")
    find([hit(-900_000)], tester)
    tester.press("Enter")
    let place = Timestamp.start.milliseconds - 900_000
    tester.settle(
      where: { $0 == .loadMessages(.release, .around(place)) },
      .stored(StoredMessages(thread: .release, messages: [], isFirst: true, isLast: false)))
    #expect(tester.state.conversations[.release]?.messages.count == 1)
    #expect(
      tester.state.notice?.message == .failure("This message is not kept here any more."))
  }

  @Test("a hit in another thread opens it")
  func openThere() {
    let tester = searching()
    tester.type("w")
    find([hit(-70_000, in: .lunch)], tester)
    tester.press("Enter")
    #expect(tester.state.threads.open == .lunch)
    let place = Timestamp.start.milliseconds - 70_000
    // The newest ones are read, too; they come first.
    tester.settle(
      where: { $0 == .loadMessages(.lunch, .newest) },
      .stored(
        StoredMessages(
          thread: .lunch, messages: [message(-60_000, "late")], isFirst: false, isLast: true)))
    tester.settle(
      where: { $0 == .loadMessages(.lunch, .around(place)) },
      .stored(
        StoredMessages(
          thread: .lunch, messages: [message(-70_000, "whale"), message(-60_000, "late")],
          isFirst: false, isLast: true)))
    #expect(tester.state.conversations[.lunch]?.selected == message(-70_000, "").id)
    #expect(tester.state.conversations[.lunch]?.messages.count == 2)
  }

  @Test("a hit in a thread that is not here any more is told")
  func openGoneThread() {
    let tester = searching()
    tester.type("w")
    find([hit(0, in: ChatThreadID("19:gone@thread.v2"))], tester)
    tester.press("Enter")
    #expect(tester.state.threads.open == .release)
    #expect(
      tester.state.notice?.message
        == .failure("The thread of this message is not here any more."))
  }

  @Test("from hit to hit, with a word at either end")
  func neighbours() {
    let tester = FlowTester.keeping(messages: [message(0, "a whale"), message(1, "whale")])
    tester.press("C-r")
    tester.type("w")
    find([hit(1), hit(0)], tester)
    tester.press("Enter", "n")
    #expect(selected(tester) == 0)
    #expect(tester.state.conversations[.release]?.selected == message(0, "").id)
    tester.press("n")
    #expect(tester.state.notice?.message == .information("There are no older ones."))
    tester.press("N", "N")
    #expect(selected(tester) == 1)
    #expect(tester.state.notice?.message == .information("This is the newest one."))
  }

  @Test(
    "at the last hit while older ones are on their way, the person is not told that there are none")
  func neighbourOnItsWay() {
    let tester = searching()
    tester.type("w")
    find((0..<50).map { hit(-$0) }, tester)
    for _ in 0..<5 { tester.press("PgDn") }
    tester.press("Enter", "n")
    #expect(tester.state.notice?.message == .information("Older ones are on their way."))
    find([hit(-100)], tester)
    tester.press("n")
    #expect(selected(tester) == -100)
  }

  @Test("who presses Enter before the hits are here goes to the first of them when they are")
  func openingEarly() {
    let tester = searching()
    tester.type("w")
    find([hit(5)], tester)
    tester.type("h")
    tester.press("Enter")
    #expect(tester.state.interface.pane == .search, "the hits that stand are of a text before")
    find([hit(0)], tester)
    #expect(tester.state.interface.pane == nil)
    #expect(selected(tester) == 0)
  }

  @Test("who types on after such an Enter, or is told of a failure, stays")
  func openingEarlyGivenUp() {
    let tester = searching()
    tester.type("w")
    tester.press("Enter")
    tester.type("h")
    find([hit(5)], tester)
    find([hit(0)], tester)
    #expect(tester.state.interface.pane == .search)
    tester.type("a")
    tester.press("Enter")
    tester.settle(where: Self.isSearch, .failed(ServiceError(.storeFailed, "It is damaged.")))
    #expect(tester.state.interface.pane == .search)
    tester.press("Enter")
    tester.type("l")
    find([hit(0)], tester)
    #expect(tester.state.interface.pane == .search)
  }

  // MARK: What arrives meanwhile

  @Test("messages that are kept while a search stands are found, without a flicker")
  func refresh() {
    let tester = searching()
    tester.type("w")
    find([], tester)
    #expect(tester.state.search?.hits.isEmpty == true)
    tester.wait(.seconds(2))
    tester.happens(.messageReceived(.release, message(9000, "a whale")))
    #expect(asked(tester).isEmpty, "it is not on the disk yet")
    tester.settle(where: Self.isSave, .done)
    #expect(asked(tester) == [.search("w", in: nil, before: nil)])
    #expect(tester.state.search?.isLoading == false, "nobody waits for it")
    find([hit(9000)], tester)
    #expect(tester.state.search?.hits == [hit(9000)])
    #expect(selected(tester) == 9000)
  }

  @Test(
    "the selection stays on its message when others are found before it, and near it when it goes")
  func refreshKeepsSelection() {
    let tester = searching()
    tester.type("w")
    find([hit(3), hit(2), hit(1)], tester)
    tester.press("Down")
    func arrive(_ hits: [HistoryHit]) {
      tester.wait(.seconds(2))
      tester.happens(
        .messageReceived(
          .release, message(tester.now.milliseconds - Timestamp.start.milliseconds, "x")))
      tester.settle(where: Self.isSave, .done)
      find(hits, tester)
    }
    arrive([hit(9), hit(3), hit(2), hit(1)])
    #expect(tester.state.search?.selection == 2)
    #expect(selected(tester) == 2)
    arrive([hit(9), hit(3)])
    #expect(selected(tester) == 3)
    arrive([])
    #expect(tester.state.search?.selection == nil)
  }

  @Test(
    "it is asked again once a second at most, one question at a time, and in the end for all that came"
  )
  func refreshPace() {
    let tester = searching()
    tester.type("w")
    find([hit(1)], tester)
    var questions = 0
    let end = tester.now + .seconds(10)
    var number: Int64 = 0
    while tester.now < end {
      number += 1
      tester.happens(.messageReceived(.release, message(10_000 + number, "x")))
      if tester.state.unsaved.isSaving { tester.settle(where: Self.isSave, .done) }
      tester.step(.clockAdvanced)
      #expect(asked(tester).count <= 1)
      if !asked(tester).isEmpty, number.isMultiple(of: 3) {
        questions += 1
        find([hit(1)], tester)
      }
      tester.wait(.milliseconds(100))
    }
    #expect((5...11).contains(questions), "\(questions) questions in ten seconds")
    // The last messages are looked for when the second is over, though nothing more comes.
    if tester.state.unsaved.isSaving { tester.settle(where: Self.isSave, .done) }
    let asked = tester.pass(.seconds(2)) { action in
      if case .search = action { .hits([hit(10_000 + number)]) } else { nil }
    }
    #expect(asked.contains(where: Self.isSearch))
    #expect(selected(tester) == 10_000 + number)
    #expect(tester.state.searchDueOn == nil, "nothing wakes the client for a search that is whole")
  }

  @Test("what the person wrote, a draft or another fact of a thread asks nothing again")
  func noRefresh() {
    let tester = searching()
    tester.type("w")
    find([hit(1)], tester)
    tester.wait(.seconds(2))
    let change = ThreadChange(thread: .release, initiator: .bob, changedOn: .start, version: 5)
    tester.happens(.threadPropertiesUpdated(change, topic: "Other"))
    tester.settle(where: Self.isSave, .done)
    #expect(asked(tester).isEmpty)
  }

  @Test("older hits that were asked for stay: then nothing is asked again")
  func noRefreshOfMore() {
    let tester = searching()
    tester.type("w")
    find((0..<50).map { hit(1000 - $0) }, tester)
    for _ in 0..<5 { tester.press("PgDn") }
    find((0..<50).map { hit(900 - $0) }, tester)
    tester.wait(.seconds(2))
    tester.happens(.messageReceived(.release, message(9000, "whale")))
    tester.settle(where: Self.isSave, .done)
    #expect(asked(tester).isEmpty)
    #expect(tester.state.search?.hits.count == 100)
    #expect(tester.state.searchDueOn == nil)
  }

  @Test("a closed pane asks nothing; opened again it does at once")
  func refreshWhenReopened() {
    let tester = searching()
    tester.type("w")
    find([hit(0)], tester)
    tester.press("Enter")
    tester.wait(.seconds(2))
    tester.happens(.messageReceived(.release, message(9000, "whale")))
    tester.settle(where: Self.isSave, .done)
    #expect(asked(tester).isEmpty)
    #expect(tester.state.searchDueOn == nil)
    tester.press("Esc", "C-r")
    #expect(asked(tester) == [.search("w", in: nil, before: nil)])
    find([hit(9000), hit(0)], tester)
    #expect(selected(tester) == 0)
  }

  @Test(
    "a disk that takes nothing asks nothing again, and a search that fails unasked changes nothing")
  func refreshFails() {
    let tester = searching()
    tester.type("w")
    find([hit(1)], tester)
    tester.wait(.seconds(2))
    tester.happens(.messageReceived(.release, message(9000, "whale")))
    tester.settle(where: Self.isSave, .failed(ServiceError(.storeFailed, "Full.")))
    #expect(asked(tester).isEmpty)
    tester.wait(.seconds(10))
    tester.step(.clockAdvanced)
    tester.settle(where: Self.isSave, .done)
    tester.settle(where: Self.isSearch, .failed(ServiceError(.storeFailed, "Gone.")))
    #expect(tester.state.search?.hits == [hit(1)])
    #expect(tester.state.search?.problem == nil)
  }
}
