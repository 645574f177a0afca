import ACSTypes

/// What happened in the chats, as events tell it; polls tell the same and end in the same places.
extension ClientState {
  mutating func take(_ event: ChatEvent, _ turn: inout Turn) {
    switch event {
    case .messageReceived(let id, let message), .messageEdited(let id, let message),
      .messageDeleted(let id, let message):
      meet(id, &turn)
      arrived(message, in: id, &turn)
      if threads.open == id { sendReceipt(&turn) }
    case .typingReceived(let id, let notice):
      noteTyping(notice, in: id)
    case .readReceiptReceived(let id, let receipt):
      noteReceipts([receipt], in: id)
    case .threadCreated(let thread, let members, let version):
      threads.put(thread)
      noteMembers(members, in: thread.id, version: version)
    case .threadPropertiesUpdated(let change, let topic):
      meet(change.thread, &turn)
      threads.rename(change.thread, to: topic, version: change.version)
      readLine(of: change.thread)
      keepThread(change.thread)
    case .threadDeleted(let change):
      threads.stand(.deleted, in: change.thread)
      keepThread(change.thread)
    case .participantsAdded(let change, let people):
      meet(change.thread, &turn)
      noteMembers(people, in: change.thread, version: change.version)
    case .participantsRemoved(let change, let people):
      noteLeavers(people, change, &turn)
    }
  }

  /// Makes a place for a thread of which nothing is known yet, and asks what it is.
  mutating func meet(_ id: ChatThreadID, _ turn: inout Turn) {
    guard !threads.contains(id) else { return }
    threads.put(ChatThread(id: id, topic: ""))
    connection.unmet.append(id)
    askForLists(&turn)
  }

  mutating func threadRead(_ id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn) {
    switch result {
    case .thread(let thread):
      threads.put(thread)
      keepThread(id)
      chatAnswered(&turn)
    case .failed(let error) where error.code == .forbidden || error.code == .notFound:
      threads.stand(error.code == .forbidden ? .removed : .deleted, in: id)
    case .failed(let error) where error.code == .throttled:
      connection.unmet.append(id)
      readFailed(error, of: .threads, &turn)
      askForLists(&turn)
    case .failed(let error):
      chatFailed(error, &turn)
    default:
      break
    }
  }

  /// One message came, by whatever way; gives true when it was not known.
  @discardableResult
  mutating func arrived(
    _ message: ChatMessage, in id: ChatThreadID, isHistory: Bool = false,
    downTo reach: Int64? = nil,
    _ turn: inout Turn
  ) -> Bool {
    noteArrival(message, in: id, &turn)
    let arrival = conversations[id, default: Conversation()].take(message, downTo: reach)
    if !arrival.isKnown { keep(.messages(id, [message])) }
    if arrival.isAdmitted, !arrival.isNew { return false }
    if arrival.isOnly { noteWindow(of: id) }
    guard !isHistory else { return arrival.isAdmitted }
    let me = session.session?.identity
    if let sender = message.sender {
      stopTyping(sender, in: id)
      // What is read again may tell a name of before.
      if arrival.isNew || contacts[sender] == nil {
        noteContact(sender, name: message.senderDisplayName)
      }
    }
    if case .topicUpdated(let topic, _) = message.content {
      threads.rename(id, to: topic, version: message.version)
    }
    if threads.open == id, message.sender != me { noteLeftOff(in: id) }
    let place = message.id.place
    if message.sender == me, me != nil, !isLookedAt(id) {
      threads.noteOwnMessage(
        in: id, on: message.createdOn, place: place, later: foreignMessages(after: place, in: id))
      keepThread(id)
      return arrival.isAdmitted
    }
    threads.noteMessage(
      in: id, on: message.createdOn, place: place, isSeen: isLookedAt(id),
      counts: message.sender != nil && message.deletedOn == nil,
      isKnownToBeNew: arrival.isKnownToBeNew, isInMemory: arrival.isAdmitted)
    keepThread(id)
    return arrival.isAdmitted
  }

  /// How many messages in memory somebody else wrote after a place.
  func foreignMessages(after place: Int64, in id: ChatThreadID) -> Int {
    guard let messages = conversations[id]?.messages else { return 0 }
    var count = 0
    for index in messages.indices.reversed() {
      guard messages.place(at: index) > place else { break }
      if let sender = messages.sender(at: index), sender != me { count += 1 }
    }
    return count
  }
}
