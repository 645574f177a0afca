import ACSTypes
import ACSWire
import ArgumentTable
import Testing

@testable import confab

@Suite("What is typed, shown and saved by confab chat")
struct ChatTextTests {
  @Test(
    "texts of others steer nothing",
    arguments: [
      ("plain", "plain"), ("a\nb\tc", "a b c"), ("\u{1B}[1m", "␛[1m"), ("\u{7F}", "␡"),
      ("\u{9B}1m", "\u{FFFD}1m"), ("\u{202E}x", "\u{FFFD}x"), ("漢字", "漢字"),
    ])
  func lines(text: String, shown: String) {
    #expect(SafeText.line(text) == shown)
  }

  @Test("JSON with escapes in the place of what a terminal obeys means the same")
  func json() throws {
    let value = JSONValue.string("a\u{9B}b\u{202E}c\u{1B}\n\"")
    let text = SafeText.json(value)
    #expect(text == "\"a\\u009bb\\u202ec\\u001b\\n\\\"\"")
    #expect(try JSONValue.parse(Array(text.utf8)) == value)
  }

  @Test(
    "a file's name stays in its folder",
    arguments: [
      ("plan.pdf", "plan.pdf"), ("../../etc/passwd", "passwd"), ("C:\\x\\y.txt", "y.txt"),
      (".bashrc", "bashrc"), ("-rf", "rf"), ("..", nil), ("a\u{1B}b", "a␛b"), ("/", nil),
      ("", "id"), ("a\nb.txt", "a b.txt"), ("\u{202E}gpj.exe", "\u{FFFD}gpj.exe"),
      (String(repeating: "x", count: 300) + ".pdf", String(repeating: "x", count: 196) + ".pdf"),
      (String(repeating: "é", count: 300), String(repeating: "é", count: 100)),
      ("." + String(repeating: "y", count: 300), String(repeating: "y", count: 200)),
    ] as [(String, String?)])
  func fileNames(name: String, path: String?) {
    let attachment = ChatAttachment(id: "id", kind: .file, name: name)
    #expect(attachment.fileName == path)
  }

  @Test("a service that asks to wait too long ends a command with a code of its own, and the time")
  func tryLater() {
    let failure = ChatFailure(
      ServiceError(.throttled, "Slow.", retryAfter: .milliseconds(3_599_001)))
    #expect(failure.exitCode == .tryLater && failure.exitCode.rawValue == 75)
    #expect(failure.message == "Slow. Try again in 3600 s.")
    #expect(ChatFailure(ServiceError(.unreachable, "Gone.")).exitCode == .unavailable)
  }

  @Test("an attachment is named by id, name or number, or by nothing when it is the only one")
  func attachments() throws {
    let (first, second) = (
      ChatAttachment(id: "1", kind: .file, name: "a"),
      ChatAttachment(id: "2", kind: .image, name: "a")
    )
    func message(_ attachments: [ChatAttachment]) -> ChatMessage {
      ChatMessage(
        id: ChatMessageID("1"), sequenceID: 1, version: 1, content: .text(""), createdOn: .epoch,
        attachments: attachments)
    }
    #expect(try AttachmentChoice(nil).pick(from: message([first])) == first)
    #expect(try AttachmentChoice("2").pick(from: message([first, second])) == second)
    let named = [
      ChatAttachment(id: "x", kind: .file, name: "2"),
      ChatAttachment(id: "y", kind: .image, name: "b"), ChatAttachment(id: "3", kind: .image),
      ChatAttachment(id: "1", kind: .image),
    ]
    // An id comes before a name, and a name before a number.
    for (typed, id) in [("2", "x"), ("b", "y"), ("3", "3"), ("4", "1"), ("1", "1")] {
      #expect(try AttachmentChoice(typed).pick(from: message(named)).id == id)
    }
    for typed in [nil, "a", "b", "0", "3", "-1"] {
      let error = #expect(throws: CommandError.self) {
        try AttachmentChoice(typed).pick(from: message([first, second]))
      }
      #expect(error?.exitCode == .badData)
    }
    #expect(throws: CommandError.self) { try AttachmentChoice(nil).pick(from: message([])) }
  }

  @Test("a topic that one living thread has is enough")
  func threads() throws {
    let living = ChatThread(id: ChatThreadID("19:a@x"), topic: "Boats")
    let dead = ChatThread(id: ChatThreadID("19:b@x"), topic: "boats", deletedOn: .epoch)
    #expect(try ThreadChoice("BOATS").pick(from: [dead, living]) == living)
    #expect(try ThreadChoice("boats").pick(from: [dead]) == dead)
    #expect(try ThreadChoice("19:b@x").pick(from: [dead, living]) == dead)
    let other = ChatThread(id: ChatThreadID("19:c@x"), topic: "BOATS")
    let error = #expect(throws: CommandError.self) {
      try ThreadChoice("boats").pick(from: [living, other])
    }
    #expect(error?.message.contains("19:a@x") == true && error?.message.contains("19:c@x") == true)
  }

  @Test("columns end at the same place whatever is in them")
  func columns() {
    for text in ["ab", "漢", "", "a漢b"] {
      #expect(
        MessageText.cell(text, 4).unicodeScalars.reduce(0) { $0 + ($1.value > 0x3000 ? 2 : 1) } == 4
      )
    }
  }
}
