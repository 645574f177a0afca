import ACSTypes

/// An export as lines for people.
struct TextExport: ExportWriter {
  let names: ExportNames
  let plainText: @Sendable (String) -> String

  func head(_ thread: StoredThread) -> String {
    "# \(thread.thread.topic.onOneLine)\n# \(thread.thread.id.rawValue.onOneLine), times in UTC\n"
  }

  func entry(_ message: ChatMessage, isFirst: Bool) -> String {
    let iso = message.createdOn.iso8601
    let time = "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8))"
    if let event = names.event(message) { return "\(time) * \(event.onOneLine)\n" }
    let start = "\(time) <\((names.sender(of: message) ?? "").onOneLine)> "
    var lines = text(message).safeLines
    lines += message.attachments.map { "[\($0.kind.rawValue): \($0.label.onOneLine)]" }
    if lines.first == "", lines.count > 1 { lines.removeFirst() }
    if message.editedOn != nil, message.deletedOn == nil { lines[lines.count - 1] += " (edited)" }
    // Set in, so that no line of a text looks like one of the log.
    return start + lines.joined(separator: "\n" + String(repeating: " ", count: time.count + 1))
      + "\n"
  }

  var tail: String { "" }

  private func text(_ message: ChatMessage) -> String {
    switch message.content {
    case _ where message.deletedOn != nil: "(deleted)"
    case .text(let text): text
    case .html(let html): plainText(html)
    default: ""
    }
  }
}
