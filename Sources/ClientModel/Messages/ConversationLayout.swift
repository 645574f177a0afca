import ACSTypes
import TextLayout

/// Cuts messages into rows, from any place upwards or downwards, without touching more of them than are shown.
struct ConversationLayout {
  let conversation: Conversation
  /// What is shown after all messages, and what is to become of messages.
  let waiting: [OutboxEntry]
  let changes: [ChatMessageID: OutboxEntry]
  /// The failed change about which the keys do something.
  let newestFailure: String?
  let columns: MessageColumns
  let hasNameColumn: Bool
  let me: CommunicationIdentifier?
  let minutesFromUTC: Int
  let names: Names
  /// Who has read up to the message at a place and no further.
  private let readers: [Int64: [CommunicationIdentifier]]
  /// True while what is missing between messages is on its way.
  private let isLoadingGaps: Bool
  /// The first message that the person has not seen, where a line tells so.
  let firstNew: Int?

  init(
    conversation: Conversation, outbox: [OutboxEntry], columns: MessageColumns,
    hasNameColumn: Bool, me: CommunicationIdentifier?, minutesFromUTC: Int,
    names: Names, isLoadingGaps: Bool
  ) {
    self.conversation = conversation
    waiting = outbox.filter { $0.outgoingText != nil }
    newestFailure = outbox.last(where: \.isFailed)?.record.clientID
    changes = Dictionary(
      outbox.compactMap { entry in entry.target.map { ($0, entry) } }, uniquingKeysWith: { $1 })
    self.columns = columns
    self.hasNameColumn = hasNameColumn
    self.me = me
    self.minutesFromUTC = minutesFromUTC
    self.names = names
    self.isLoadingGaps = isLoadingGaps
    readers = conversation.lastReaders(besides: me)
    firstNew = conversation.firstNewIndex
  }

  /// Messages and then outbox entries, oldest first.
  var count: Int { conversation.messages.count + waiting.count }

  /// The rows of the entry at `index`, its day's row included when it is the first of its day.
  func rows(at index: Int) -> [ConversationRow] {
    let entry = entry(at: index)
    let previous = index > 0 ? self.entry(at: index - 1) : nil
    var result: [ConversationRow] = []
    let isNewDay = previous.map { day($0.moment) != day(entry.moment) } ?? true
    if index < conversation.messages.count, let previous,
      conversation.coverage.isGap(between: previous.place, and: entry.place)
    {
      result.append(.gap(isLoading: isLoadingGaps))
    }
    if isNewDay { result.append(.day(Timestamp(seconds: day(entry.moment) * 86_400))) }
    if index == firstNew { result.append(.unread) }
    let isGrouped =
      !isNewDay && index != firstNew && entry.kind == .text && previous?.kind == .text
      && previous?.sender == entry.sender
      && entry.moment - (previous?.moment ?? entry.moment) < .seconds(300)
    let name = entry.kind == .text && !isGrouped ? entry.name : nil
    var text = entry.text
    if !hasNameColumn, let name { text = "\(name): \(text)" }
    var lines =
      entry.attachments.isEmpty || !text.isEmpty
      ? wrappedLines(text, columns: columns.text) : []
    let textLines = lines.count
    lines += entry.attachments
    let time = CalendarTime(local(entry.moment))
    let previousTime = previous.map { CalendarTime(local($0.moment)) }
    let showsTime =
      isNewDay || !isGrouped || time.minute != previousTime?.minute
      || time.hour != previousTime?.hour
    for (line, text) in lines.enumerated() {
      result.append(
        .message(
          MessageRow(
            key: entry.key, line: line, kind: line < textLines ? entry.kind : .attachment,
            isOwn: entry.isOwn,
            time: line == 0 && showsTime ? time : nil,
            name: line == 0 && hasNameColumn ? name : nil, text: text,
            mark: line == lines.count - 1 ? entry.mark : .none,
            isSelected: entry.key == conversation.selected.map(MessageRow.Key.message))))
    }
    result += failureRows(entry)
    if index < conversation.messages.count {
      result += readerRows(at: conversation.messages.place(at: index))
    }
    return result
  }

  /// All messages as the person sees them, oldest first.
  var shownMessages: [ShownMessage] {
    (0..<count).map { index in
      let entry = entry(at: index)
      var failure: String?
      if case .failed(let reason) = entry.change?.record.state { failure = reason }
      return ShownMessage(
        key: entry.key, kind: entry.kind, sender: entry.sender,
        name: entry.kind == .system ? "" : entry.name, text: entry.text, mark: entry.mark,
        failure: failure, readers: (readers[entry.place] ?? []).map { name($0) }.sorted())
    }
  }

  /// Why an entry was not taken, and below the newest such one what can be done.
  private func failureRows(_ entry: Entry) -> [ConversationRow] {
    guard let change = entry.change, case .failed(let reason) = change.record.state else {
      return []
    }
    let isNewest = change.record.clientID == newestFailure
    return wrappedLines(reason, columns: columns.text).map { .failure($0) }
      + (isNewest ? [.remedy] : [])
  }

  private func readerRows(at place: Int64) -> [ConversationRow] {
    guard let people = readers[place] else { return [] }
    let others = conversation.participants.count { $0.identifier != me }
    return [
      .readers(people.map { name($0) }.sorted(), isEverybody: others > 2 && people.count >= others)
    ]
  }

  /// The place by which an anchor names the entry at `index`; outbox entries come after all messages.
  func place(at index: Int) -> Int64 {
    let messages = conversation.messages
    return index < messages.count
      ? messages[index].id.place : Int64.max - Int64(count) + Int64(index)
  }

  /// The entry that an anchor names, or the last one before it.
  func index(ofPlace place: Int64) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.place(at: middle) <= place { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  private struct Entry {
    var key: MessageRow.Key
    var place: Int64
    var kind: MessageRow.Kind
    var sender: CommunicationIdentifier?
    var isOwn: Bool
    var name: String
    var text: String
    var moment: Timestamp
    var mark: MessageRow.Mark
    var change: OutboxEntry?
    var attachments: [String] = []
  }

  private func entry(at index: Int) -> Entry {
    let messages = conversation.messages
    if index < messages.count { return entry(messages[index]) }
    let waiting = waiting[index - messages.count]
    return Entry(
      key: .outbox(clientID: waiting.record.clientID), place: .max, kind: .text, sender: me,
      isOwn: true,
      name: me.map { names.name(of: $0) } ?? "", text: waiting.outgoingText ?? "",
      moment: waiting.record.writtenOn, mark: mark(of: waiting), change: waiting)
  }

  private func mark(of entry: OutboxEntry) -> MessageRow.Mark {
    switch entry.record.state {
    case .failed: .failed
    case .queued, .unsettled:
      if case .delete = entry.record.intent {
        .deleting
      } else {
        entry.isUnderWay ? .sending : .queued
      }
    }
  }

  private func entry(_ message: ChatMessage) -> Entry {
    let isDeleted = message.deletedOn != nil
    var kind = MessageRow.Kind.text
    var text: String
    switch message.content {
    case .text(let body), .html(let body):
      text = body
    case .topicUpdated(let topic, let initiator):
      kind = .system
      text = "\(name(initiator)) named the thread “\(topic)”"
    case .participantAdded(let people, let initiator):
      kind = .system
      text = "\(name(initiator)) added \(list(people))"
    case .participantRemoved(let people, let initiator):
      kind = .system
      text =
        people.map(\.identifier) == [initiator].compactMap(\.self)
        ? "\(name(initiator)) left" : "\(name(initiator)) removed \(list(people))"
    case .unknown(let type):
      kind = .system
      text = "a message of a kind that this version does not know: \(type)"
    }
    // A change of what was deleted meanwhile is moot, but for one that failed: the person is to know.
    let change = changes[message.id].flatMap { isDeleted && !$0.isFailed ? nil : $0 }
    if !isDeleted, case .edit(_, let wanted) = change?.record.intent { text = wanted }
    return Entry(
      key: .message(message.id), place: message.id.place, kind: isDeleted ? .deleted : kind,
      sender: message.sender,
      isOwn: message.sender != nil && message.sender == me,
      name: names.name(of: message.sender, given: message.senderDisplayName),
      text: isDeleted ? "deleted" : text, moment: message.createdOn,
      mark: change.map(mark) ?? (message.editedOn != nil && !isDeleted ? .edited : .none),
      change: change, attachments: isDeleted ? [] : message.attachments.map(\.line))
  }

  private func name(_ identifier: CommunicationIdentifier?) -> String {
    names.name(of: identifier)
  }

  private func list(_ people: [ChatParticipant]) -> String {
    people.map { names.name(of: $0.identifier, given: $0.displayName ?? "") }
      .joined(separator: ", ")
  }

  private func local(_ moment: Timestamp) -> Timestamp {
    moment + .seconds(minutesFromUTC * 60)
  }

  private func day(_ moment: Timestamp) -> Int64 {
    let seconds = local(moment).seconds
    return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }
}

/// The rows of a text that a person wrote: at least one.
func wrappedLines(_ text: String, columns: Int) -> [String] {
  let lines = wrap(text, columns: columns).map { String($0.text) }
  return lines.isEmpty ? [""] : lines
}
