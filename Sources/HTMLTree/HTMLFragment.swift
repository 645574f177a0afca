import CXML2

/// What stands in a body of HTML: elements and texts, as libxml2's forgiving parser reads them.
///
/// Nothing is too broken to be read: tags that lack their end get one, ends without a beginning are passed over.
/// Comments and the texts of scripts and styles are left out. Nothing outside of the text is read.
public struct HTMLFragment: Hashable, Sendable {
  /// The elements and texts at the top.
  public let nodes: [HTMLNode]

  /// What stands between `body` and its end opens here, so that texts at the top get no paragraph of their own.
  private static let opening = "<html><body>"

  /// Reads a text; elements may stand 250 deep in each other, and what is deeper is left out.
  ///
  /// - Throws: ``HTMLError`` where libxml2 is not installed.
  public init(_ text: String) throws(HTMLError) {
    if let why = HTMLFragment.whyNotLoaded { throw HTMLError(whyNotLoaded: why) }
    // The parser would end at a null; HTML puts the replacement character in its place.
    var bytes = Array(HTMLFragment.opening.utf8)
    for byte in text.utf8 {
      guard byte == 0 else {
        bytes.append(byte)
        continue
      }
      bytes += "\u{FFFD}".utf8
    }
    let document = bytes.withUnsafeBytes { raw in
      raw.withMemoryRebound(to: CChar.self) { cxml2_parse($0.baseAddress, Int32($0.count)) }
    }
    guard let document else {
      nodes = []
      return
    }
    defer { cxml2_free(document) }
    var nodes: [HTMLNode] = []
    HTMLFragment.append(siblings: cxml2_root(document), to: &nodes)
    self.nodes = nodes
  }

  /// The reason why the library cannot be used; looked at once.
  private static let whyNotLoaded: String? = cxml2_load().map { String(cString: $0) }

  private static func append(siblings first: OpaquePointer?, to nodes: inout [HTMLNode]) {
    var next = first
    while let node = next {
      next = cxml2_next(node)
      if let text = cxml2_text(node) {
        nodes.append(.text(String(cString: text)))
        continue
      }
      guard cxml2_is_element(node), let name = cxml2_name(node) else { continue }
      let element = String(cString: name)
      guard element != "html", element != "body" else {
        append(siblings: cxml2_child(node), to: &nodes)
        continue
      }
      var children: [HTMLNode] = []
      append(siblings: cxml2_child(node), to: &children)
      nodes.append(
        .element(
          HTMLElement(name: element, attributes: attributes(of: node), children: children)))
    }
  }

  private static func attributes(of node: OpaquePointer) -> [HTMLElement.Attribute] {
    var attributes: [HTMLElement.Attribute] = []
    var next = cxml2_attributes(node)
    while let attribute = next {
      next = cxml2_next_attribute(attribute)
      guard let name = cxml2_attribute_name(attribute) else { continue }
      attributes.append(
        HTMLElement.Attribute(
          name: String(cString: name),
          value: cxml2_attribute_value(attribute).map { String(cString: $0) } ?? ""))
    }
    return attributes
  }
}
