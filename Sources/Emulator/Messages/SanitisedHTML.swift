import HTMLTree

/// What is kept of the HTML of a message (WIRE 4.2): marks of text, lists, tables, links, mentions and the frames of images.
///
/// Which elements the service keeps is not published; known is that scripts go, and the addresses of images with them,
/// since images come as attachments. What is kept is written anew, so that no reader takes it for something else.
enum SanitisedHTML {
  /// Elements that are kept, with the attributes that are; those of `everywhere` are kept on each.
  static let elements: [String: Set<String>] = [
    "a": ["href"], "at": [], "attachment": [], "b": [], "blockquote": [], "br": [], "caption": [],
    "code": [], "codeblock": [], "dd": [], "del": [], "div": [], "dl": [], "dt": [], "em": [],
    "emoji": ["alt"], "h1": [], "h2": [], "h3": [], "h4": [], "h5": [], "h6": [], "hr": [],
    "i": [], "img": ["alt", "height", "width"], "ins": [], "kbd": [], "li": ["value"], "mark": [],
    "msft-mention": [], "ol": ["start"], "p": [], "pre": [], "q": [], "s": [], "samp": [],
    "small": [], "span": [], "strike": [], "strong": [], "sub": [], "sup": [], "table": [],
    "tbody": [], "td": ["colspan", "rowspan"], "tfoot": [], "th": ["colspan", "rowspan"],
    "thead": [], "tr": [], "tt": [], "u": [], "ul": [], "var": [],
  ]

  /// Attributes that are kept on every element that is.
  static let everywhere: Set<String> = [
    "dir", "id", "itemid", "itemscope", "itemtype", "lang", "title",
  ]

  /// Elements that go with all that stands in them; of every other unknown one only the tags go.
  private static let removed: Set<String> = [
    "applet", "audio", "canvas", "embed", "frame", "frameset", "head", "iframe", "link", "math",
    "meta", "noembed", "noframes", "noscript", "object", "option", "plaintext", "script", "select",
    "style", "svg", "template", "textarea", "title", "video", "xmp",
  ]

  /// Elements without an end.
  private static let void: Set<String> = ["br", "hr", "img"]

  /// What a link may lead to.
  private static let schemes = ["http://", "https://", "mailto:", "tel:"]

  /// What is kept of `html`.
  ///
  /// - Throws: ``HTMLError`` where HTML cannot be read at all.
  static func text(of html: String) throws(HTMLError) -> String {
    var text = ""
    append(try HTMLFragment(html).nodes, to: &text)
    return text
  }

  private static func append(_ nodes: [HTMLNode], to text: inout String) {
    for node in nodes {
      switch node {
      case .text(let words): text += escaped(words)
      case .element(let element):
        if !removed.contains(element.name) { append(element, to: &text) }
      }
    }
  }

  private static func append(_ element: HTMLElement, to text: inout String) {
    guard let own = elements[element.name] else { return append(element.children, to: &text) }
    text += "<\(element.name)"
    for attribute in element.attributes
    where own.contains(attribute.name) || everywhere.contains(attribute.name) {
      guard attribute.name != "href" || isHarmless(attribute.value) else { continue }
      text += " \(attribute.name)=\"\(escaped(attribute.value, isQuoted: true))\""
    }
    text += ">"
    guard !void.contains(element.name) else { return }
    append(element.children, to: &text)
    text += "</\(element.name)>"
  }

  /// True for an address that leads somewhere else and runs nothing.
  private static func isHarmless(_ address: String) -> Bool {
    let start = address.utf8.prefix(10).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return schemes.contains { start.starts(with: $0.utf8) }
  }

  private static func escaped(_ text: String, isQuoted: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where isQuoted: result += "&quot;"
      case "\u{A0}": result += "&nbsp;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
