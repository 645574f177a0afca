import ACSTypes
import ClientModel

// How effects end.
extension RandomEvents {
  /// Any result, whether it fits the effect or not.
  func result() -> EffectResult {
    switch number(13) {
    case 0: .done
    case 1: .session(session())
    case 2: .threads(page(chatThread))
    case 3: .thread(chatThread())
    case 4: .messages(page(message))
    case 5: .sent(messageID())
    case 6: .participants(some(4, participant))
    case 7: .receipts(some(4, receipt))
    case 9: .history(history())
    case 10: .stored(stored())
    case 11: .hits(some(5, hit))
    case 8: .people(some(4) { Person(identifier: person(), displayName: text()) })
    default: .failed(error())
    }
  }

  /// A result that fits, or a failure.
  func answer(to action: Effect.Action) -> EffectResult {
    if number(5) == 0 { return .failed(error()) }
    return switch action {
    case .renewToken: .session(session())
    case .listThreads: .threads(page(chatThread))
    case .listMessages, .readMessage, .findSent: .messages(page(message))
    case .listParticipants: .participants(some(4, participant))
    case .createThread, .readThread: .thread(chatThread())
    case .send: .sent(messageID())
    case .listReceipts: .receipts(some(4, receipt))
    case .loadHistory: .history(history())
    case .openHistory: flag() ? .done : .history(history())
    case .loadMessages: .stored(stored())
    case .search: .hits(some(5, hit))
    case .findPeople, .namePeople:
      .people(some(4) { Person(identifier: person(), displayName: text()) })
    default: .done
    }
  }

  /// What an earlier run may have kept, or a damaged disk tells.
  func history() -> StoredHistory {
    StoredHistory(
      threads: some(4) {
        StoredThread(
          thread: chatThread(), standing: one(of: [.member, .left, .removed, .deleted]),
          removedBy: flag() ? person() : nil, isPinned: flag(), isMuted: flag(),
          seenUpTo: version(), unreadCount: number(9), countedUpTo: version(),
          unreadPlaces: some(4, version), hasMoreUnread: flag(), draft: text(),
          participants: some(3, participant),
          receipts: some(3, receipt),
          coverage: some(3) {
            HistoryStretch(oldest: version(), newest: version(), reachesBeginning: flag())
          }, newestVersion: version(), unsureSecond: flag() ? version() : nil)
      },
      outbox: some(3) {
        OutboxRecord(
          clientID: "c\(number(5))", thread: thread(),
          intent: one(of: [
            .send(text: text()), .edit(messageID(), text: text()), .delete(messageID()),
          ]), writtenOn: moment(), state: one(of: [.queued, .unsettled, .failed(reason: text())]),
          attempts: number(3))
      },
      contacts: [person(): text()], isListRead: flag(), account: flag() ? nil : person())
  }

  func stored() -> StoredMessages {
    StoredMessages(
      thread: thread(), messages: some(9, message), isFirst: flag(), isLast: flag())
  }

  private func hit() -> HistoryHit {
    HistoryHit(thread: thread(), message: message(), excerpt: text(), marks: [0..<number(3)])
  }

  private func page<Element>(_ make: () -> Element) -> Page<Element> {
    Page(
      values: some(12, make), nextLink: flag() ? "next" : nil, servedOn: flag() ? moment() : nil)
  }

  private func session() -> Session {
    Session(
      identity: person(), displayName: text(), scopes: [.chat, TokenScope(rawValue: text())],
      issuedOn: moment(), expiresOn: moment() + .seconds(3600), renewOn: moment() + .seconds(3000))
  }

  func error() -> ServiceError {
    let codes: [ServiceError.Code] = [
      .unreachable, .forbidden, .throttled, .unauthenticated, .badAnswer, .timedOut, .notFound,
      .refused, .serviceFailed, .authFailed, .signInNeeded, .cancelled, .unsupported, .storeFailed,
      .certificateRefused, ServiceError.Code(rawValue: "new"),
    ]
    return ServiceError(
      one(of: codes), text(), status: flag() ? nil : number(600),
      serviceCode: flag() ? nil : text(), retryAfter: flag() ? nil : duration())
  }
}
