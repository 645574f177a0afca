public import ACSTypes

/// Messages of one thread that are kept in memory, oldest first, packed.
///
/// A message is 48 bytes and its text in one run of bytes shared by all; an element is put together when it is asked for.
/// Metadata is not kept: it is looked at when a message arrives.
public struct MessageWindow: Hashable, Sendable, RandomAccessCollection {
  private var rows: [PackedMessage] = []
  private var texts = TextArena()
  private var people = Interned<CommunicationIdentifier>()
  private var names = Interned<String>()
  /// Messages that do not fit a row: system messages, attachments, numbers nobody expects.
  private var others: [Int32: ChatMessage] = [:]
  private var lastOther: Int32 = 0

  /// No messages.
  public init() {}

  /// 0.
  public var startIndex: Int { 0 }
  /// How many there are.
  public var endIndex: Int { rows.count }

  /// The message at `index`.
  public subscript(index: Int) -> ChatMessage {
    let row = rows[index]
    guard row.kind != .other else { return others[row.number] ?? row.message(text: "") }
    return row.message(
      text: texts[row.text], sender: people[row.sender], name: names[row.name] ?? "")
  }

  /// The place of the message at `index`, without the rest of it.
  public func place(at index: Int) -> Int64 { rows[index].place }

  /// The version of the message at `index`, without the rest of it.
  public func version(at index: Int) -> Int64 { rows[index].version }

  /// Who sent the message at `index`, without the rest of it; `nil` for system messages.
  public func sender(at index: Int) -> CommunicationIdentifier? {
    let row = rows[index]
    return row.kind == .other ? others[row.number]?.sender : people[row.sender]
  }

  /// The first index whose place is not less than `place`.
  public func insertionIndex(of place: Int64) -> Int {
    // Most are newer than all.
    if let last = rows.last, last.place < place { return rows.count }
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].place < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The index of the message with this id.
  public func index(of id: ChatMessageID) -> Int? {
    let (index, isThere) = position(of: id)
    return isThere ? index : nil
  }

  /// Where the message with this id is, or belongs; ids that are no numbers are all at one place.
  func position(of id: ChatMessageID) -> (index: Int, isThere: Bool) {
    let place = id.place
    var index = insertionIndex(of: place)
    while index < rows.count, rows[index].place == place {
      if self[index].id == id { return (index, true) }
      index += 1
    }
    return (index, false)
  }

  mutating func insert(_ message: ChatMessage, at index: Int) {
    rows.insert(packed(message), at: index)
  }

  mutating func replace(at index: Int, with message: ChatMessage) {
    drop(rows[index])
    rows[index] = packed(message)
    compactTexts()
  }

  mutating func removeFirst(_ count: Int) {
    for row in rows[..<count] { drop(row) }
    rows.removeFirst(count)
    compactTexts()
  }

  mutating func removeLast(_ count: Int) {
    for row in rows[(rows.count - count)...] { drop(row) }
    rows.removeLast(count)
    compactTexts()
  }

  private mutating func packed(_ message: ChatMessage) -> PackedMessage {
    let text: String
    let kind: PackedMessage.Kind
    switch message.content {
    case .text(let body): (text, kind) = (body, .text)
    case .html(let body): (text, kind) = (body, .html)
    default: return other(message)
    }
    guard message.attachments.isEmpty,
      let sender = message.sender.map({ people.number(of: $0) })
        ?? Interned<CommunicationIdentifier>.none,
      let name = names.number(of: message.senderDisplayName),
      var row = PackedMessage(message, kind: kind, sender: sender, name: name)
    else { return other(message) }
    row.text = texts.append(text)
    return row
  }

  private mutating func other(_ message: ChatMessage) -> PackedMessage {
    var kept = message
    kept.metadata = [:]
    lastOther &+= 1
    others[lastOther] = kept
    return PackedMessage(other: message, number: lastOther)
  }

  private mutating func drop(_ row: PackedMessage) {
    if row.kind == .other { others[row.number] = nil } else { texts.drop(row.text) }
  }

  private mutating func compactTexts() {
    guard texts.isWasteful else { return }
    var fresh = TextArena()
    for index in rows.indices where rows[index].kind != .other {
      rows[index].text = fresh.append(copying: rows[index].text, of: texts)
    }
    texts = fresh
  }

  /// True when both hold the same messages, however they came to be.
  public static func == (left: MessageWindow, right: MessageWindow) -> Bool {
    left.rows.count == right.rows.count && left.indices.allSatisfy { left[$0] == right[$0] }
  }

  /// Hashes places and versions.
  public func hash(into hasher: inout Hasher) {
    for row in rows {
      hasher.combine(row.place)
      hasher.combine(row.version)
    }
  }
}

/// So that a dump shows messages and not how they are packed.
extension MessageWindow: CustomReflectable {
  /// The messages, oldest first.
  public var customMirror: Mirror {
    Mirror(self, unlabeledChildren: Array(self), displayStyle: .collection)
  }
}
