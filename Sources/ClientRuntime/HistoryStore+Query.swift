import ACSTypes
import ClientModel
import Services

extension HistoryStore {
  /// The messages that `query` asks for, oldest first.
  func messages(in thread: ChatThreadID, _ query: StoredQuery) async throws -> StoredMessages {
    let limit = StoredQuery.limit
    var older: [ChatMessage] = []
    var newer: [ChatMessage] = []
    switch query {
    case .newest: older = try await messages(in: thread, before: nil, limit: limit)
    case .before(let place): older = try await messages(in: thread, before: place, limit: limit)
    case .after(let place): newer = try await messages(in: thread, after: place, limit: limit)
    case .around(let place):
      older = try await messages(in: thread, before: place, limit: limit)
      newer = try await messages(in: thread, after: place - 1, limit: limit + 1)
    }
    let isFirst = older.count < limit
    let isLast =
      switch query {
      case .newest: true
      case .before: false
      case .after: newer.count < limit
      case .around: newer.count < limit + 1
      }
    return StoredMessages(
      thread: thread, messages: older.reversed() + newer,
      isFirst: isFirst && query.readsBackwards, isLast: isLast)
  }
}

extension StoredQuery {
  /// True when it tells whether older ones are kept.
  fileprivate var readsBackwards: Bool {
    if case .after = self { false } else { true }
  }
}
