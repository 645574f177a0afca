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
      put(thread, turn)
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
      put(thread, turn)
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
    let latest = latestTime(turn)
    let arrival = conversations[id, default: Conversation()].take(message, downTo: reach)
    if !arrival.isKnown { keep(.messages(id, [message])) }
    let isKnown = arrival.isAdmitted && !arrival.isNew
    if arrival.isOnly { noteWindow(of: id) }
    if !isKnown { meetNameless(in: message, of: id) }
    guard !isKnown, !isHistory else {
      // It may have been deleted, or be one that was not counted yet.
      if isMiscounted(message, in: id) { noteUnread(message, in: id, latest) }
      return !isKnown && arrival.isAdmitted
    }
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
    noteUnread(message, in: id, latest)
    return arrival.isAdmitted
  }

  /// Counts a message that came, whichever way, unless it was counted or seen before.
  ///
  /// One that tells a time after `latest` counts nowhere: all that comes after it would count as seen.
  private mutating func noteUnread(
    _ message: ChatMessage, in id: ChatThreadID, _ latest: Timestamp
  ) {
    let (moment, place) = (message.moment, message.id.place)
    guard max(moment.milliseconds, place) <= latest.milliseconds else { return }
    if message.sender != nil, message.sender == me, !isLookedAt(id) {
      threads.noteOwnMessage(in: id, on: moment, place: place)
    } else {
      threads.noteMessage(
        in: id, on: moment, place: place, isSeen: isLookedAt(id), counts: counts(message))
    }
    keepThread(id)
  }

  /// True for what somebody else wrote and did not delete.
  private func counts(_ message: ChatMessage) -> Bool {
    message.sender != nil && message.sender != me && message.deletedOn == nil
  }

  private func isMiscounted(_ message: ChatMessage, in id: ChatThreadID) -> Bool {
    let place = message.id.place
    guard let unread = threads.entry(id)?.unread, place > unread.countedUpTo else { return false }
    let isGone = conversations[id]?.isDeleted(message.id) ?? false
    return unread.contains(place) != (counts(message) && !isGone)
  }
}
