import ACSTypes

extension Connection {
  /// Whoever goes on to another thread so soon is passing by: what they pass is not read.
  private static let settling = Duration.milliseconds(250)

  /// Another thread is open.
  mutating func threadOpened(insteadOf left: ChatThreadID?, at now: Timestamp) {
    watch.threadOpened()
    guard let left else { return }
    waits.forget(left)
    let isPassing = openedOn.map { now - $0 < Connection.settling } ?? false
    settlesOn = isPassing ? now + Connection.settling : nil
    openedOn = now
  }

  /// When a page of a thread's messages may be asked for; `nil` when it may now.
  func end(ofMessages id: ChatThreadID, isWalk: Bool, at now: Timestamp) -> Timestamp? {
    [holds.end(of: .messages(id), at: now), paces.free(.messages(id), isWalk: isWalk, at: now)]
      .compactMap(\.self).max()
  }

  /// When the person counts as having settled in the open thread; `nil` when they have.
  func settling(at now: Timestamp) -> Timestamp? {
    settlesOn.flatMap { $0 > now ? $0 : nil }
  }
}

extension ClientState {
  /// Asks for a page of a thread's messages, which counts.
  mutating func askForMessages(_ id: ChatThreadID, _ query: MessageQuery, _ turn: inout Turn) {
    connection.paces.note(.messages(id), at: turn.now)
    turn.ask(.listMessages(id, query), in: &self)
  }

  /// Asks for what had to wait, as far as somebody still waits for it.
  mutating func readWaiting(_ turn: inout Turn) {
    for reading in connection.waits.takeDue(at: turn.now) {
      switch reading {
      case .people(let id) where threads.entry(id)?.standing == .member:
        askForPeople(of: id, &turn)
      case .receipts(let id) where id == threads.open: askForReceipts(of: id, &turn)
      case .people, .receipts: break
      }
    }
  }

  /// What to tell the person whose change has to wait; `nil` when it may go now, and is noted.
  mutating func pauseBeforeChange(_ kind: RequestPaces.Kind, _ turn: Turn) -> String? {
    guard let free = connection.paces.spend(kind, at: turn.now) else { return nil }
    let seconds = (free - turn.now).secondsRoundedUp
    return "Too many changes at once: try again in \(seconds) s."
  }
}
