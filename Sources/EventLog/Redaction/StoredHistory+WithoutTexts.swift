import ACSTypes

extension StoredHistory {
  /// What was kept, with placeholders for all that people wrote.
  var withoutTexts: StoredHistory {
    var history = self
    history.threads = threads.map(\.withoutTexts)
    history.outbox = outbox.map(\.withoutTexts)
    history.contacts = contacts.mapValues(placeholder(for:))
    return history
  }
}

extension StoredThread {
  fileprivate var withoutTexts: StoredThread {
    var stored = self
    stored.thread = thread.withoutTexts
    stored.draft = placeholder(for: draft)
    stored.participants = participants.map(\.withoutTexts)
    return stored
  }
}

extension OutboxRecord {
  fileprivate var withoutTexts: OutboxRecord {
    var record = self
    switch intent {
    case .send(let text): record.intent = .send(text: placeholder(for: text))
    case .edit(let message, let text):
      record.intent = .edit(message, text: placeholder(for: text))
    case .delete: break
    }
    return record
  }
}

extension StoredMessages {
  var withoutTexts: StoredMessages {
    var stored = self
    stored.messages = messages.map(\.withoutTexts)
    return stored
  }
}

extension HistoryHit {
  var withoutTexts: HistoryHit {
    var hit = self
    hit.message = message.withoutTexts
    hit.excerpt = placeholder(for: excerpt)
    return hit
  }
}
