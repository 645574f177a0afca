import ACSTypes

/// Searching the kept messages, and going to what was found.
extension ClientState {
  /// How many hits are kept at most; whoever wants older ones says more.
  private static let hitLimit = 1000

  /// Opens the pane, with what was looked for last if that was in the same place.
  mutating func beginSearch(in thread: ChatThreadID?, _ turn: inout Turn) {
    guard keepsHistory else {
      let reason = kept.failure ?? "the config file says history: { keep: false }."
      say(.failure("There is nothing to search: \(reason)"), &turn)
      return
    }
    if search == nil || search?.thread != thread {
      search = Search(thread: thread)
    }
    interface.pane = .search
    noteStaleSearch(&turn)
  }

  mutating func closeSearch() {
    interface.pane = nil
    search = nil
  }

  mutating func changeSearch(_ turn: inout Turn, _ body: (inout Composer) -> Void) {
    let before = search?.query.text
    search?.change(body)
    guard search?.query.text != before else { return }
    search?.opensFirst = false
    lookAgain(&turn)
  }

  /// From the open thread to all threads, or back.
  mutating func toggleSearchScope(_ turn: inout Turn) {
    guard let search else { return }
    self.search?.thread = search.thread == nil ? threads.open : nil
    self.search?.opensFirst = false
    lookAgain(&turn)
  }

  mutating func moveHitSelection(by step: Int, _ turn: inout Turn) {
    guard let count = search?.hits.count, count > 0 else { return }
    let selection = min(max((search?.selection ?? 0) + step, 0), count - 1)
    search?.selection = selection
    if selection >= count - 10 { lookFurther(&turn) }
  }

  /// Shows the selected hit where it was said; while hits are on their way, the first of them once it is here.
  mutating func openHit(_ turn: inout Turn) {
    if let search, search.isOutdated {
      self.search?.opensFirst = search.isLoading
      return
    }
    guard let index = search?.selection, let hit = search?.hits[index] else { return }
    interface.pane = nil
    guard threads.contains(hit.thread) else {
      say(.failure("The thread of this message is not here any more."), &turn)
      return
    }
    openThread(hit.thread, &turn)
    show(hit.message.id, in: hit.thread, &turn)
  }

  /// Goes to the hit `step` after the selected one and shows it.
  mutating func openNeighbourHit(by step: Int, _ turn: inout Turn) {
    guard let search, let index = search.selection else { return }
    guard search.hits.indices.contains(index + step) else {
      if step > 0 { lookFurther(&turn) }
      say(.information(step < 0 ? "This is the newest one." : lastHitWords), &turn)
      return
    }
    moveHitSelection(by: step, &turn)
    openHit(&turn)
  }

  /// Why there is no hit after the last one.
  private var lastHitWords: String {
    if search?.isLoading ?? false { return "Older ones are on their way." }
    return search?.hits.count ?? 0 < ClientState.hitLimit
      ? "There are no older ones."
      : "There are too many; more words find the older ones."
  }

  mutating func hitsFound(
    for text: String, in thread: ChatThreadID?, before place: Int64?, _ result: EffectResult,
    _ turn: inout Turn
  ) {
    guard let search else { return }
    guard search.query.text == text, search.thread == thread else {
      // Typed on meanwhile.
      lookAgain(&turn)
      return
    }
    // What the person does not wait for changes nothing when it fails.
    let isWaitedFor = search.isLoading
    self.search?.isLoading = false
    switch result {
    case .hits(let hits):
      var hasOlder = true
      if place == nil {
        self.search?.take(hits, isSame: !isWaitedFor)
      } else {
        hasOlder = self.search?.add(hits) ?? false
      }
      let isFull = (self.search?.hits.count ?? 0) >= ClientState.hitLimit
      self.search?.isExhausted = hits.count < StoredQuery.hitLimit || isFull || !hasOlder
      self.search?.problem = nil
    case .failed(let error) where place != nil:
      // What was found before is still true.
      self.search?.isExhausted = true
      say(.failure(error.message), &turn)
    case .failed(let error) where isWaitedFor:
      self.search?.problem = error.message
      self.search?.isExhausted = true
    default:
      break
    }
    refreshSearch(&turn)
    let opens = search.opensFirst && self.search?.isOutdated == false
    self.search?.opensFirst = false
    if opens { openHit(&turn) } else { moveHitSelection(by: 0, &turn) }
  }

  /// Messages were kept: there may be other hits than those shown.
  mutating func noteStaleSearch(_ turn: inout Turn) {
    guard search?.hasWords ?? false else { return }
    search?.isStale = true
    refreshSearch(&turn)
  }

  /// Asks again for what is looked for when there may be other hits, while the first of them are shown.
  ///
  /// Once a second at most, and without a word: what stands stays until the answer is here.
  mutating func refreshSearch(_ turn: inout Turn) {
    guard let due = searchDueOn, due <= turn.now else { return }
    askForHits(&turn)
  }

  /// When hits are asked for again; `nil` when nothing calls for it.
  var searchDueOn: Timestamp? {
    guard let search, search.isStale, interface.pane == .search, search.hasWords,
      search.hits.count <= StoredQuery.hitLimit, !isLooking
    else { return nil }
    return (search.askedOn ?? .epoch) + .seconds(1)
  }

  /// Asks for the newest hits of what is looked for now; one question at a time.
  private mutating func lookAgain(_ turn: inout Turn) {
    guard search != nil else { return }
    search?.problem = nil
    search?.isExhausted = false
    guard search?.hasWords ?? false else {
      search?.take([], isSame: false)
      search?.isLoading = false
      return
    }
    search?.isLoading = true
    search?.isOutdated = true
    guard !isLooking else { return }
    askForHits(&turn)
  }

  private mutating func askForHits(_ turn: inout Turn) {
    guard let search else { return }
    self.search?.isStale = false
    self.search?.askedOn = turn.now
    turn.ask(.search(search.query.text, in: search.thread, before: nil), in: &self)
  }

  private mutating func lookFurther(_ turn: inout Turn) {
    guard let search, !search.isExhausted, !isLooking, let last = search.hits.last else { return }
    self.search?.isLoading = true
    // Another thread may have one of the same millisecond.
    let after = last.message.id.place &+ 1
    turn.ask(
      .search(search.query.text, in: search.thread, before: after), in: &self)
  }

  private var isLooking: Bool {
    ledger.contains { if case .search = $0 { true } else { false } }
  }
}
