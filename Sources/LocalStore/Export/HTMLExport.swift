import ACSTypes

/// An export as a page that loads nothing and runs nothing, whatever it shows.
///
/// A message's own HTML is not taken over, only its text.
struct HTMLExport: ExportWriter {
  let names: ExportNames
  let plainText: @Sendable (String) -> String

  func head(_ thread: StoredThread) -> String {
    let topic = thread.thread.topic.onOneLine.inHTML
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="referrer" content="no-referrer">
      <meta name="viewport" content="width=device-width">
      <title>\(topic)</title>
      <style>
      body { font: 1rem/1.45 sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
      article { margin: .8rem 0; }
      article p { margin: .1rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
      time, .note { color: #666; font-size: .85rem; }
      @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } a { color: #8bf; } }
      </style>
      </head>
      <body>
      <h1 dir="auto">\(topic)</h1>
      <p class="note">\(thread.thread.id.rawValue.onOneLine.inHTML), times in UTC</p>

      """
  }

  func entry(_ message: ChatMessage, isFirst: Bool) -> String {
    let iso = message.createdOn.iso8601
    let time =
      "<time datetime=\"\(iso)\">\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8))</time>"
    if let event = names.event(message) {
      return "<article class=\"note\">\(time) <bdi>\(event.onOneLine.inHTML)</bdi></article>\n"
    }
    let name = (names.sender(of: message) ?? "").onOneLine.inHTML
    let edited = message.editedOn != nil && message.deletedOn == nil
    var text = "<article><b><bdi>\(name)</bdi></b> \(time)"
    if edited { text += " <span class=\"note\">edited</span>" }
    text += self.text(message)
    for file in message.attachments { text += "<p>\(link(file))</p>" }
    return text + "</article>\n"
  }

  var tail: String { "</body>\n</html>\n" }

  private func text(_ message: ChatMessage) -> String {
    let text: String
    switch message.content {
    case _ where message.deletedOn != nil: return "<p class=\"note\">deleted</p>"
    case .text(let plain): text = plain
    case .html(let html): text = plainText(html)
    default: return ""
    }
    guard !text.isEmpty else { return "" }
    return "<p dir=\"auto\">\(text.safeLines.map(\.inHTML).joined(separator: "\n"))</p>"
  }

  private func link(_ file: ChatAttachment) -> String {
    let label = "<bdi>\(file.label.onOneLine.inHTML)</bdi>"
    guard let url = file.url, url.lowercased().hasPrefix("https://") else {
      return "[\(file.kind.rawValue): \(label)]"
    }
    return "[\(file.kind.rawValue): "
      + "<a href=\"\(url.onOneLine.inHTML)\" rel=\"noopener noreferrer\">\(label)</a>]"
  }
}

extension String {
  /// With entities for what HTML would read as markup.
  var inHTML: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
