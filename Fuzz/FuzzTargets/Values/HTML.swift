import HTMLTree

extension FuzzTarget {
  /// HTML of messages: anything is read, by the rules of the tree.
  static let html = FuzzTarget("html") { bytes in
    let source = decoded(bytes)
    try check(try HTMLFragment(source).nodes, depth: 0)
  }

  private static func check(_ nodes: [HTMLNode], depth: Int) throws {
    try require(depth <= 260, "elements in each other, \(depth) deep")
    for node in nodes {
      switch node {
      case .text(let text): try require(!text.utf8.contains(0), "a null in a text")
      case .element(let element):
        try require(!element.name.isEmpty, "an element without a name")
        try require(
          element.name != "html" && element.name != "body", "the frame of a document in its body")
        try check(element.children, depth: depth + 1)
      }
    }
  }
}
