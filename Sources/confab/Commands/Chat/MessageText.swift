import ACSTypes
import Glibc
import LocalStore
import TextLayout

/// Messages as lines for people: time, name and text in columns.
struct MessageText: Sendable {
  /// Names are cut at so many columns.
  private static let widestName = 20

  /// Whether each line begins with the message's id, which `chat save` takes.
  let showsIDs: Bool
  /// Columns of the names; grows with the names that come.
  private var nameColumns = 0

  init(showsIDs: Bool) {
    self.showsIDs = showsIDs
  }

  /// Makes room for a name before its first line.
  mutating func make(roomFor name: String) {
    let columns = Columns.width(of: SafeText.line(name))
    nameColumns = min(max(nameColumns, columns), MessageText.widestName)
  }

  /// A message's lines: by whom it is, or with `event` what nobody wrote.
  ///
  /// `place` stands before the name, where several threads are told; empty for none.
  mutating func lines(
    _ message: ChatMessage, name: String?, event: String?, place: String = ""
  ) -> [String] {
    var head = showsIDs ? SafeText.line(message.id.rawValue) + "  " : ""
    head += MessageText.time(message.createdOn) + "  "
    if !place.isEmpty { head += MessageText.cell(SafeText.line(place), 20) + "  " }
    if let event { return [head + "* " + SafeText.line(event)] }
    make(roomFor: name ?? "")
    head += MessageText.cell(SafeText.line(name ?? ""), nameColumns) + "  "
    var lines = text(message)
    if message.editedOn != nil, message.deletedOn == nil {
      lines[lines.count - 1] += " (edited)"
    }
    let attachments = message.attachments
    lines += attachments.enumerated().map { index, attachment in
      let name = SafeText.line(attachment.name ?? attachment.id)
      // The number that `chat save` takes.
      let number = attachments.count > 1 ? " \(index + 1)" : ""
      return "[\(attachment.kind.rawValue)\(number): \(name)]"
    }
    if lines.first == "", lines.count > 1 { lines.removeFirst() }
    // Set in, so that no line of a text looks like one of ours.
    let margin = String(repeating: " ", count: Columns.width(of: head))
    return lines.enumerated().map { ($0.offset == 0 ? head : margin) + $0.element }
  }

  private func text(_ message: ChatMessage) -> [String] {
    switch message.content {
    case _ where message.deletedOn != nil: ["(deleted)"]
    case .text(let text): SafeText.lines(text)
    case .html(let html): SafeText.lines(PlainText(html: html).text)
    default: [""]
    }
  }

  /// A text in so many columns, cut or filled up.
  static func cell(_ text: String, _ columns: Int) -> String {
    let text = truncate(text, columns: columns)
    return text + String(repeating: " ", count: max(0, columns - Columns.width(of: text)))
  }

  /// The local time, to the second.
  static func time(_ moment: Timestamp) -> String {
    var seconds = time_t(moment.seconds)
    var local = tm()
    localtime_r(&seconds, &local)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(local.tm_year + 1900)-\(two(local.tm_mon + 1))-\(two(local.tm_mday)) "
      + "\(two(local.tm_hour)):\(two(local.tm_min)):\(two(local.tm_sec))"
  }
}

extension ChatMessage {
  /// What it says without marks; `nil` for what is no text.
  var plainText: String? {
    switch content {
    case .text(let text): text
    case .html(let html): PlainText(html: html).text
    default: nil
    }
  }
}
