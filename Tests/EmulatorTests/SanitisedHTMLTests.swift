import ACSTypes
import ACSWire
import HTMLTree
import Services
import TestKit
import Testing

@testable import Emulator

@Suite("What is kept of HTML messages")
struct SanitisedHTMLTests {
  @Test(
    "marks, links, lists, tables and mentions are kept",
    arguments: [
      "", "Ahoy ⛵", "<div>test</div>", "<p>a <b>b</b> <i>c</i> <u>d</u> <s>e</s></p>",
      "<a href=\"https://confab.example/?a=1&amp;b=2\">x</a>",
      "<a href=\"mailto:a@b.example\">x</a>",
      "<ul><li>a</li><li>b</li></ul>", "<ol start=\"3\"><li>a</li></ol>", "a<br>b<hr>c",
      "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>", "<pre>a\n  b</pre>",
      "<msft-mention id=\"8:acs:1_2\">Ann</msft-mention>", "a &amp; b &lt;i&gt; \"c\" 'd'&nbsp;e",
      "<p>Lunch?</p><img id=\"f508ce15-e878-431f-b871-f530cac5331d\">",
      "<span title=\"&quot;x&quot; &lt;y&gt;\">z</span>",
    ])
  func kept(html: String) throws {
    #expect(try SanitisedHTML.text(of: html) == html)
  }

  @Test(
    "scripts, handlers, styles, addresses of images and other links are taken out",
    arguments: [
      ("a<script>alert(1)</script>b", "ab"), ("<ScRiPt src=//x></sCrIpT>b", "b"),
      ("<img src=\"https://x.example/y.png\" alt=\"y\" onerror=\"alert(1)\">", "<img alt=\"y\">"),
      ("<p onclick=alert(1) style=\"position:fixed\" class=x>a</p>", "<p>a</p>"),
      ("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>"),
      ("<a href=\" java&#9;script:alert(1)\">x</a>", "<a>x</a>"),
      ("<a href=\"data:text/html,x\" target=_blank>x</a>", "<a>x</a>"),
      ("<A HREF=HTTPS://X.EXAMPLE>x</A>", "<a href=\"HTTPS://X.EXAMPLE\">x</a>"),
      ("<svg><script>1</script></svg>a<math><mi>x</mi></math>", "a"),
      ("<iframe src=x>a</iframe>b", "b"), ("<style>p{}</style><title>t</title>b", "b"),
      ("<form action=x><font color=red>a</font></form>", "a"), ("<!-- a -->b", "b"),
      ("<meta http-equiv=refresh content=0><base href=//x><link href=x>a", "a"),
      ("<b>a", "<b>a</b>"), ("a</b>", "a"), ("<p", "<p></p>"),
      ("\u{0}<b>\u{1B}x</b>", "\u{FFFD}<b>x</b>"),
      ("<a title='\"><script>'>x</a>", "<a title=\"&quot;&gt;&lt;script&gt;\">x</a>"),
      ("</body></html><script>1</script><b>x</b>", "<b>x</b>"),
    ])
  func removed(html: String, kept: String) throws {
    #expect(try SanitisedHTML.text(of: html) == kept)
  }

  /// Elements and attributes that no list names, wherever they stand.
  func strange(_ nodes: [HTMLNode]) -> [String] {
    nodes.flatMap { node -> [String] in
      guard case .element(let element) = node else { return [] }
      let own = SanitisedHTML.elements[element.name]
      let known = (own ?? []).union(SanitisedHTML.everywhere)
      let attributes = element.attributes.map(\.name).filter { !known.contains($0) }
      return (own == nil ? [element.name] : []) + attributes + strange(element.children)
    }
  }

  @Test("whatever was sent, what is kept has nothing else in it when it is read again")
  func random() throws {
    let random = SeededRandom(seed: 7)
    let pieces = [
      "<", ">", "</", "<b", "<p>", "<table>", "<td>", "<a href=", "\"", "'", "=", "&", "&lt", ";",
      "<script>", "</script>", "<svg>", "<!--", "-->", "x", " ", "\u{0}", "<br>", "onerror=",
      "javascript:", "<style>", "<title>", "</title>", "é", "<h1>", "<li>", "<ul>", "<pre>", "\n",
      "<plaintext>", "<textarea>", "<noscript>", "&#60;", "&#x3c;script&gt;", "<math>", "<img src=",
    ]
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<24 { text += pieces[Int(random.next() % UInt64(pieces.count))] }
      let kept = try SanitisedHTML.text(of: text)
      #expect(strange(try HTMLFragment(kept).nodes) == [], "\(text)")
      #expect(!kept.contains("<!") && !kept.contains("<script"), "\(text)")
    }
  }

  @Test("messages that are HTML are sanitised when they are sent and edited, others are not")
  func messages() throws {
    let bench = try Bench()
    let alice = try bench.user()
    let thread = try bench.thread(alice)
    let hostile = "<b>Ahoy</b><script>alert(1)</script>"
    for (type, kept) in [("html", "<b>Ahoy</b>"), ("text", hostile)] {
      let sent = bench.send(
        bench.chat.sendMessage(SendChatMessageRequest(content: hostile, type: type), to: thread),
        as: alice)
      let id = ChatMessageID(try SendChatMessageResult(bytes: sent.body).id)
      func told() throws -> ChatMessageModel {
        try ChatMessageModel(bytes: bench.send(bench.chat.message(id, in: thread), as: alice).body)
      }
      #expect(try told().content?.message == kept)
      let edit = bench.chat.updateMessage(id, in: thread, content: "!\(hostile)")
      #expect(bench.send(edit, as: alice).status == 204)
      #expect(try told().content?.message == "!\(kept)")
      #expect(try told().type == type)
    }
  }
}
