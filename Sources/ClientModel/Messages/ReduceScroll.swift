import ACSTypes

/// Scrolling and selecting among the messages of the open thread.
extension ClientState {
  mutating func scrollPage(up: Bool, _ turn: inout Turn) {
    let rows = ScreenLayout(self).messages?.rows ?? 0
    scrollRows(up: up, max(1, rows - 2), &turn)
  }

  mutating func scrollRows(up: Bool, _ count: Int, _ turn: inout Turn) {
    if interface.pane == .people {
      moveMemberSelection(by: up ? -1 : 1)
      return
    }
    if interface.pane != nil {
      interface.paneScroll = max(0, interface.paneScroll + (up ? -count : count))
      return
    }
    if up { scrollUp(count, &turn) } else { scrollDown(count, &turn) }
  }

  mutating func scrollToEnd(_ turn: inout Turn) {
    returnToEnd(&turn)
    sendReceipt(&turn)
  }

  private mutating func scrollUp(_ count: Int, _ turn: inout Turn) {
    guard let id = threads.open, let area = ScreenLayout(self).messages,
      let layout = conversationLayout(columns: area.columns), layout.count > 0, area.rows > 0
    else { return }
    let rows = rowsUpwards(layout, limit: area.rows + count)
    // The top row stays at the top of the area when there is nothing above it.
    let step = min(count, rows.count - area.rows)
    if step > 0 {
      let target = rows[step]
      conversations[id]?.anchor = .row(
        place: layout.place(at: target.index), line: target.line)
    }
    if rows.count < area.rows + count { readOlder(&turn) } else { catchUp(&turn) }
  }

  private mutating func scrollDown(_ count: Int, _ turn: inout Turn) {
    guard let id = threads.open, let area = ScreenLayout(self).messages,
      let layout = conversationLayout(columns: area.columns),
      case .row(let place, let line) = layout.conversation.anchor
    else { return }
    var index = layout.index(ofPlace: place)
    var target = line + count
    while index < layout.count {
      let rows = layout.rows(at: index).count
      if target < rows {
        let isLast =
          index == layout.count - 1 && target == rows - 1 && layout.conversation.isAtEnd
        if index > layout.count - 20 { readNewer(&turn) }
        conversations[id]?.anchor =
          isLast ? .bottom : .row(place: layout.place(at: index), line: target)
        if isLast { sendReceipt(&turn) }
        return
      }
      target -= rows
      index += 1
    }
    guard layout.conversation.isAtEnd else {
      readNewer(&turn)
      return
    }
    scrollToEnd(&turn)
  }

  /// Scrolls so that the line that tells what is new is at the top, or all that is new in sight.
  mutating func jumpToUnread(_ turn: inout Turn) {
    guard let id = threads.open, let area = ScreenLayout(self).messages,
      let layout = conversationLayout(columns: area.columns), let first = layout.firstNew
    else {
      say(.information("Nothing new above."), &turn)
      return
    }
    var rows = 0
    var index = first
    while index < layout.count {
      let count = layout.rows(at: index).count
      if rows + count >= area.rows {
        conversations[id]?.anchor = .row(
          place: layout.place(at: index), line: area.rows - rows - 1)
        return
      }
      rows += count
      index += 1
    }
    scrollToEnd(&turn)
  }

  /// Selects the newest message; far back, where that is not in memory, the lowest one in sight.
  mutating func selectNewestMessage() {
    guard let id = threads.open, let conversation = conversations[id] else { return }
    if !conversation.isAtEnd, case .row(let place, _) = conversation.anchor {
      let index = min(
        conversation.messages.insertionIndex(of: place), conversation.messages.count - 1)
      conversations[id]?.selected = index < 0 ? nil : conversation.messages[index].id
      return
    }
    conversations[id]?.anchor = .bottom
    conversations[id]?.selected = conversation.messages.last?.id
  }

  mutating func leaveMessages() {
    if let id = threads.open { conversations[id]?.selected = nil }
    interface.focus = threads.open == nil ? .threads : .composer
  }

  mutating func moveMessageSelection(by step: Int, _ turn: inout Turn) {
    guard let id = threads.open, let conversation = conversations[id],
      !conversation.messages.isEmpty
    else { return }
    let count = conversation.messages.count
    let index = conversation.selected.flatMap(conversation.index) ?? count
    if index + step < 0 { readOlder(&turn) }
    if index + step >= count { readNewer(&turn) }
    let target = min(max(index + step, 0), count - 1)
    conversations[id]?.selected = conversation.messages[target].id
    showSelected(&turn)
    catchUp(&turn)
  }

  /// Scrolls as far as it takes to show the whole selected message.
  mutating func showSelected(_ turn: inout Turn) {
    guard let id = threads.open, let area = ScreenLayout(self).messages,
      let layout = conversationLayout(columns: area.columns),
      let selected = layout.conversation.selected,
      let index = layout.conversation.index(of: selected)
    else { return }
    let shown = rowsUpwards(layout, limit: area.rows).filter { $0.index == index }
    let rows = layout.rows(at: index).count
    if shown.count == rows || shown.count >= area.rows { return }
    let lowest = rowsUpwards(layout, limit: 1).first?.index ?? 0
    if index >= lowest {
      conversations[id]?.anchor = .row(place: layout.place(at: index), line: rows - 1)
    } else {
      // Above the area: scroll until its first row is the top row.
      var above = 0
      var line = rows
      var next = index
      while above < area.rows, next < layout.count {
        line = layout.rows(at: next).count
        above += line
        next += 1
      }
      conversations[id]?.anchor = .row(
        place: layout.place(at: next - 1), line: line - 1 - max(0, above - area.rows))
    }
    sendReceipt(&turn)
  }

  mutating func editSelected(_ turn: inout Turn) {
    guard let selected = threads.open.flatMap({ conversations[$0]?.selected }) else { return }
    guard let message = selectedMessage, isOwnText(message) else {
      say(.failure("Only my own messages can be edited."), &turn)
      return
    }
    leaveMessages()
    beginEdit(selected)
  }

  mutating func askToDelete(_ turn: inout Turn) {
    guard let id = threads.open, let message = selectedMessage else { return }
    guard isOwnAndThere(message) else {
      say(.failure("Only my own messages can be deleted."), &turn)
      return
    }
    interface.pane = .question(.deleteMessage(id, message.id))
  }

  private var selectedMessage: ChatMessage? {
    guard let id = threads.open, let conversation = conversations[id] else { return nil }
    return conversation.selected.flatMap(conversation.index).map { conversation.messages[$0] }
  }

  func isOwnText(_ message: ChatMessage) -> Bool {
    if case .text = message.content { isOwnAndThere(message) } else { false }
  }
}
