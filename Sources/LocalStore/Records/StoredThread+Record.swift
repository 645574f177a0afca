import ACSTypes
import Services

extension StoredThread {
  /// All but the thread's id, the draft, who removed the user and what is unread, which have columns of their own.
  var record: [UInt8] {
    var record = RecordWriter()
    record.put(thread.topic)
    record.put(thread.createdOn) { $0.put($1) }
    record.put(thread.createdBy) { $0.put($1) }
    record.put(thread.deletedOn) { $0.put($1) }
    record.put(thread.lastMessageReceivedOn) { $0.put($1) }
    record.put(standing.code)
    record.put(isPinned)
    record.put(isMuted)
    record.put(seenUpTo)
    record.put(unreadCount)
    record.put(participants) { $0.put($1) }
    record.put(receipts) {
      $0.put($1.sender)
      $0.put($1.messageID.rawValue)
      $0.put($1.readOn)
    }
    record.put(coverage) {
      $0.put($1.oldest)
      $0.put($1.newest)
      $0.put($1.reachesBeginning)
    }
    record.put(newestVersion)
    return record.bytes
  }

  /// Which messages were counted, each place as the step from the one before, and what may be missing among them.
  var unread: [UInt8] {
    var record = RecordWriter()
    record.put(countedUpTo)
    var last = countedUpTo
    record.put(unreadPlaces) {
      $0.put($1 &- last)
      last = $1
    }
    record.put(unsureSecond) { $0.put($1) }
    record.put(hasMoreUnread)
    return record.bytes
  }

  /// Reads a record.
  init(
    id: ChatThreadID, draft: String, removedBy: CommunicationIdentifier?, unread: [UInt8],
    record: [UInt8]
  ) throws(StoreError) {
    var record = RecordReader(record)
    self.init(
      thread: ChatThread(
        id: id, topic: try record.text(),
        createdOn: try record.optional { r throws(StoreError) in try r.moment() },
        createdBy: try record.optional { r throws(StoreError) in try r.identifier() },
        deletedOn: try record.optional { r throws(StoreError) in try r.moment() },
        lastMessageReceivedOn: try record.optional { r throws(StoreError) in try r.moment() }),
      standing: try ThreadStanding(code: record.number()), removedBy: removedBy,
      isPinned: try record.truth(),
      isMuted: try record.truth(), seenUpTo: try record.number(),
      unreadCount: Int(truncatingIfNeeded: try record.number()), draft: draft,
      participants: try record.list { r throws(StoreError) in try r.participant() },
      receipts: try record.list { r throws(StoreError) in
        ChatMessageReadReceipt(
          sender: try r.identifier(), messageID: ChatMessageID(try r.text()),
          readOn: try r.moment())
      },
      coverage: try record.list { r throws(StoreError) in
        HistoryStretch(
          oldest: try r.number(), newest: try r.number(), reachesBeginning: try r.truth())
      },
      newestVersion: try record.number())
    try readUnread(unread)
  }

  /// An older version told their number alone: all of them up to the second of the last message.
  private mutating func readUnread(_ bytes: [UInt8]) throws(StoreError) {
    guard !bytes.isEmpty else {
      countedUpTo = max(seenUpTo, (thread.lastMessageReceivedOn?.milliseconds ?? 0) &+ 999)
      return
    }
    var record = RecordReader(bytes)
    countedUpTo = try record.number()
    var last = countedUpTo
    unreadPlaces = try record.list { r throws(StoreError) in
      last = last &+ (try r.number())
      return last
    }
    unsureSecond = try record.optional { r throws(StoreError) in try r.number() }
    hasMoreUnread = record.isAtEnd ? false : try record.truth()
  }
}

extension ThreadStanding {
  /// The number that stands for it in files, for good.
  fileprivate var code: Int64 {
    switch self {
    case .member: 0
    case .left: 1
    case .removed: 2
    case .deleted: 3
    }
  }

  fileprivate init(code: Int64) throws(StoreError) {
    switch code {
    case 0: self = .member
    case 1: self = .left
    case 2: self = .removed
    case 3: self = .deleted
    default: throw RecordReader.damaged
    }
  }
}

extension RecordWriter {
  mutating func put(_ participant: ChatParticipant) {
    put(participant.identifier)
    put(participant.displayName) { $0.put($1) }
    put(participant.shareHistoryTime) { $0.put($1) }
  }
}

extension RecordReader {
  mutating func participant() throws(StoreError) -> ChatParticipant {
    ChatParticipant(
      identifier: try identifier(),
      displayName: try optional { r throws(StoreError) in try r.text() },
      shareHistoryTime: try optional { r throws(StoreError) in try r.moment() })
  }
}
