public import ACSTypes

extension ClientState {
  /// The rows that the message area shows, top row first; at most `area.rows`.
  public func visibleRows(in area: Area) -> [ConversationRow] {
    guard let layout = conversationLayout(columns: area.columns), layout.count > 0 else {
      return []
    }
    let anchored = rowsUpwards(layout, limit: area.rows)
    return anchored.reversed().map(\.row)
  }

  /// When the service gives the messages above the topmost row, which is the oldest in memory; `nil` while nobody waits
  /// for them at the top, or nothing holds them back.
  public func olderMessagesDueOn(in area: Area) -> Timestamp? {
    guard let due = heldOlderUntil, let layout = conversationLayout(columns: area.columns),
      rowsUpwards(layout, limit: area.rows).last?.index ?? 0 == 0
    else { return nil }
    return due
  }

  /// When the service gives older messages that the person wanted, while it wants to be left alone.
  var heldOlderUntil: Timestamp? {
    guard let id = threads.open, conversations[id]?.olderWanted != nil else { return nil }
    return connection.holds.end(of: .messages(id), at: now)
  }

  func conversationLayout(columns: Int) -> ConversationLayout? {
    threads.open.flatMap { conversationLayout(of: $0, columns: columns) }
  }

  func conversationLayout(of id: ChatThreadID, columns: Int) -> ConversationLayout? {
    guard let conversation = conversations[id] else { return nil }
    let widths = MessageColumns(columns: columns)
    return ConversationLayout(
      conversation: conversation, outbox: outbox[id], columns: widths,
      hasNameColumn: widths.name > 0,
      me: me, minutesFromUTC: settings.minutesFromUTC,
      names: names(in: conversation),
      isLoadingGaps: conversation.chain != nil || isWalking(id))
  }

  struct PlacedRow {
    var index: Int
    var line: Int
    var row: ConversationRow
  }

  /// Rows from the anchor upwards, lowest first.
  func rowsUpwards(_ layout: ConversationLayout, limit: Int) -> [PlacedRow] {
    var (index, line) = anchorRow(layout)
    var result: [PlacedRow] = []
    while index >= 0, result.count < limit {
      let rows = layout.rows(at: index)
      for number in stride(from: min(line, rows.count - 1), through: 0, by: -1)
      where result.count < limit {
        result.append(PlacedRow(index: index, line: number, row: rows[number]))
      }
      index -= 1
      line = Int.max
    }
    return result
  }

  private func anchorRow(_ layout: ConversationLayout) -> (Int, Int) {
    switch layout.conversation.anchor {
    case .bottom: (layout.count - 1, Int.max)
    case .row(let place, let line): (layout.index(ofPlace: place), line)
    }
  }
}
