import HTMLTree
import Testing

/// Texts as they stand, elements as `name[attribute=value](children)`.
private func written(_ nodes: [HTMLNode]) -> String {
  nodes.map { node in
    switch node {
    case .text(let text): text
    case .element(let element):
      element.name
        + element.attributes.map { "[\($0.name)=\($0.value)]" }.joined()
        + "(\(written(element.children)))"
    }
  }.joined()
}

struct HTMLFragmentTests {
  @Test(
    "HTML is read as browsers do, however broken it is",
    arguments: [
      ("", ""), ("Ahoy ⛵", "Ahoy ⛵"),
      ("a &amp; b &lt;i&gt; &eacute; &nope; &", "a & b <i> é &nope; &"),
      ("<B>x</B>", "b(x)"), ("<p>a<p>b", "p(a)p(b)"), ("<b><i>x</b>", "b(i(x))"), ("x</b>y", "xy"),
      ("<br>a<br/>", "br()abr()"), ("<!-- x -->y", "y"),
      ("<a href='x' HREF='y' disabled>z</a>", "a[href=x][disabled=disabled](z)"),
      ("<script>x</script>y", "script()y"), ("<style>x</style>y", "style()y"),
      ("<html><body>x</body></html>y", "xy"), ("<head>", ""),
      ("<msft-mention id=\"1\">Ann</msft-mention>", "msft-mention[id=1](Ann)"),
      ("a\u{0}b", "a\u{FFFD}b"), ("<p", "p()"), ("<![CDATA[x]]>y", "<![CDATA[x]]>y"),
      ("a < b", "a < b"),
      ("<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;", "]>&x;"),
    ])
  func reads(html: String, tree: String) throws {
    #expect(written(try HTMLFragment(html).nodes) == tree)
  }

  @Test("what is very deep, long or random is read in no time and without harm")
  func hostile() throws {
    let deep = String(repeating: "<b>", count: 10_000) + "x"
    #expect(written(try HTMLFragment(deep).nodes).hasPrefix("b(b(b("))
    let many = String(repeating: "<i>x</i>", count: 100_000)
    #expect(try HTMLFragment(many).nodes.count == 100_000)
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "<", ">", "/", "a", "\"", "'", "=", "&", "#", "x", ";", "!", "-", "[", "p", " ", "\u{0}",
    ]
    for _ in 0..<2000 {
      let text = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      _ = try HTMLFragment(text)
    }
  }
}
