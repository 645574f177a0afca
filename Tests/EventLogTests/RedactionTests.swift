import ACSTypes
import ClientModel
import EventLog
import KeyInput
import TestKit
import Testing
import TextLayout

@Suite("What a log leaves out")
struct RedactionTests {
  private static let token = "eyJhbGciOiJSUzI1NiJ9.eyJza3lwZWlkIjoiYWNzOmFsaWNlIn0.c2lnbmF0dXJlc2ln"
  private let alice = CommunicationIdentifier(rawID: "8:acs:aaaa_alice001")

  /// The line of one event.
  private func line(_ event: Event, _ redaction: Redaction) -> String {
    var writer = EventLogWriter(redaction: redaction)
    let occurrence = Occurrence(now: RandomEvents.start, entropy: 1, event: event)
    return String(decoding: writer.line(occurrence, in: RandomEvents.client()), as: UTF8.self)
  }

  private func failure(_ text: String) -> Event {
    .finished(EffectID(1), .failed(ServiceError(.badAnswer, text)))
  }

  @Test(
    "tokens go wherever they stand",
    arguments: [
      ("the answer was \(token), it said", token),
      ("Authorization: Bearer abcdef123456", "abcdef123456"),
      ("GET https://a.example/x?api-version=1&sig=S3cret%2B&y=1", "S3cret"),
      ("endpoint=https://a.example/;accesskey=QUJDREVG", "QUJDREVG"),
      ("https://alice:hunter2@a.example/", "hunter2"),
      ("https://a.example/cb?code=abcdef", "abcdef"),
    ])
  func tokens(text: String, secret: String) {
    let line = line(failure(text), .tokens)
    #expect(!line.contains(secret), "\(line)")
    #expect(line.contains(String(repeating: "x", count: secret.count)))
  }

  @Test("a token that is typed goes, too, but for its first part, which says how it is signed")
  func typedTokens() throws {
    var writer = EventLogWriter(redaction: .tokens)
    let state = RandomEvents.client()
    var log = writer.header(state, program: "test")
    func type(_ text: String) {
      for character in text { press(KeyPress(.character(character))) }
    }
    func press(_ key: KeyPress) {
      log += writer.line(
        Occurrence(now: RandomEvents.start, entropy: 1, event: .keyPressed(key)), in: state)
    }
    /// What was typed so far, as the log has it.
    func typed() throws -> String {
      var reader = try EventLogReader(log)
      var text = ""
      while let occurrence = try reader.next() {
        if case .keyPressed(let press) = occurrence.event, let character = press.typedCharacter {
          text.append(character)
        }
      }
      return text
    }
    #expect(state.writes(KeyPress(.character("e"))))
    let parts = RedactionTests.token.split(separator: ".")
    type("is \(parts[0]).\(parts[1].dropLast())")
    press(KeyPress(.left))
    press(KeyPress(.right))
    type("Q")
    press(KeyPress(.backspace))
    type("\(parts[1].suffix(1)).\(parts[2]) good")
    let text = try typed()
    #expect(text.hasPrefix("is eyJ"), "\(text)")
    #expect(text.hasSuffix("xxx good"), "\(text)")
    #expect(!text.contains(parts[1].prefix(4)) && !text.contains(parts[2].prefix(4)), "\(text)")
    type("&sig=Secret end")
    #expect(try typed() == text + "&sig=xxxxxx end")
  }

  @Test("marks that are typed after a letter, and what joins emoji, stay what they are")
  func typedMarks() throws {
    var writer = EventLogWriter(redaction: .tokens)
    let state = RandomEvents.client()
    var log = writer.header(state, program: "test")
    let typed: [Character] = [
      "e", "\u{301}", "👍", "\u{1F3FD}", "👨", "\u{200D}", "👩", "🇸", "🇪", "x",
    ]
    for character in typed {
      let event = Event.keyPressed(KeyPress(.character(character)))
      log += writer.line(Occurrence(now: RandomEvents.start, entropy: 1, event: event), in: state)
    }
    var reader = try EventLogReader(log)
    var read: [Character] = []
    while let occurrence = try reader.next() {
      if case .keyPressed(let press) = occurrence.event {
        read += [press.typedCharacter].compactMap(\.self)
      }
    }
    #expect(read == typed)
  }

  @Test(
    "what only looks a little like a token stays",
    arguments: [
      "skipToken=abc", "a=b", "eyJ is how they begin", "a@b", "unicode=ö",
      "authorization  Bearer <redacted>",
    ])
  func others(text: String) {
    #expect(line(failure(text), .tokens).contains(text))
  }

  @Test("a placeholder is as long and as wide, and breaks where the text did")
  func placeholders() throws {
    let text = "Hej, 漢字!\ne\u{301}n-két 👩‍👩‍👧 \u{200D} का 🇸🇪\u{1B}[31m"
    let log = line(.pasted(text), .texts)
    #expect(!log.contains("Hej") && !log.contains("漢"))
    var writer = EventLogWriter(redaction: .texts)
    let state = RandomEvents.client()
    let event = Occurrence(now: RandomEvents.start, entropy: 1, event: .pasted(text))
    let bytes = writer.header(state, program: "test") + writer.line(event, in: state)
    var reader = try EventLogReader(bytes)
    guard case .pasted(let placeholder) = try reader.next()?.event else {
      Issue.record("no paste")
      return
    }
    #expect(placeholder.count == text.count)
    #expect(Columns.width(of: placeholder) == Columns.width(of: text))
    for columns in [1, 5, 9, 40] {
      #expect(
        wrap(placeholder, columns: columns).map(\.width)
          == wrap(text, columns: columns).map(\.width))
    }
  }

  @Test("keys that call commands stay, keys that write do not")
  func keys() {
    #expect(line(.keyPressed(KeyPress(.character("q"), .control)), .texts).contains("\"C-q\""))
    #expect(line(.keyPressed(KeyPress(.character("ö"))), .texts).contains("\"x\""))
    #expect(line(.keyPressed(KeyPress(.character("ö"))), .tokens).contains("\"ö\""))
  }

  @Test(
    "a whole run with its texts left out shows none of them, and replays to screens of the same form"
  )
  func wholeRun() throws {
    let secrets = ["Zanzibar", "Quetzalcoatl", "Xylophone"]
    let message = ChatMessage(
      id: ChatMessageID("1795255200000"), sequenceID: 1, version: 1, content: .text("Zanzibar 1"),
      senderDisplayName: "Quetzalcoatl", sender: alice, createdOn: RandomEvents.start,
      metadata: ["Quetzalcoatl": "Xylophone"],
      attachments: [ChatAttachment(id: "1", kind: .file, name: "Zanzibar.pdf", url: "Xylophone")])
    let thread = ChatThread(id: ChatThreadID("19:a@thread.v2"), topic: "Xylophone")
    let people = [ChatParticipant(identifier: alice, displayName: "Quetzalcoatl")]
    let change = ThreadChange(
      thread: thread.id, initiator: alice, changedOn: RandomEvents.start, version: 1)
    let events: [Event] = [
      .pasted("Zanzibar"),
      .signalled(.incoming(callID: CallID("1"), from: alice, displayName: "Xylophone")),
      .chatSignalled(.event(.messageReceived(thread.id, message))),
      .chatSignalled(.event(.threadPropertiesUpdated(change, topic: "Zanzibar"))),
      .chatSignalled(.event(.participantsAdded(change, people))),
      .chatSignalled(.event(.threadCreated(thread, members: people, version: 1))),
      .tokenFlowed(
        TokenFlowStep(
          id: 1, kind: .request, title: "GET", startedOn: .epoch, details: ["user  Zanzibar"])),
      .finished(EffectID(1), .messages(Page(values: [message]))),
      .finished(EffectID(1), .threads(Page(values: [thread]))),
      .finished(EffectID(1), .participants(people)),
      .finished(EffectID(1), .people([Person(identifier: alice, displayName: "Xylophone")])),
      .finished(EffectID(1), .sent(message.id)),
    ]
    for event in events {
      let open = line(event, .tokens)
      let closed = line(event, .people)
      for secret in secrets { #expect(!closed.contains(secret), "\(closed)") }
      #expect(!closed.contains("alice001"), "\(closed)")
      #expect(open.count == closed.count, "\(closed)")
    }
  }

  @Test("one person has one pseudonym throughout a log")
  func pseudonyms() {
    let bob = CommunicationIdentifier(rawID: "8:acs:aaaa_bob00002")
    let receipts = [alice, bob, alice].map {
      ChatMessageReadReceipt(sender: $0, messageID: ChatMessageID("1"), readOn: .epoch)
    }
    let line = line(.finished(EffectID(1), .receipts(receipts)), .people)
    #expect(
      line.components("8:acs:0000000000001") == 2 && line.components("8:acs:0000000000002") == 1)
    #expect(!self.line(.finished(EffectID(1), .receipts(receipts)), .texts).contains("8:acs:0000"))
  }

  @Test(
    "the home folder is ~ in every log",
    arguments: [
      ("file  /home/zan.dor/.local/state", "file  ~/.local/state"), ("/home/zan.dor", "~"),
      ("cannot write \"/home/zan.dor\", nor file:///home/zan.dor/x", "nor file://~/x"),
      ("/home/zan.dorian/x", "/home/zan.dorian/x"), ("http://a/home/zan.dor", "a/home/zan.dor"),
    ])
  func home(text: String, shown: String) {
    for redaction in Redaction.allCases {
      for home in ["/home/zan.dor", "/home/zan.dor/"] {
        var writer = EventLogWriter(redaction: redaction, home: home)
        let occurrence = Occurrence(now: .epoch, entropy: 1, event: failure(text))
        let line = String(
          decoding: writer.line(occurrence, in: RandomEvents.client()), as: UTF8.self)
        #expect(line.contains(shown), "\(line)")
      }
    }
    #expect(line(failure(text), .people).contains("/home/zan.dor"))
  }

  @Test(
    "telephone numbers are people",
    arguments: ["4:+15551234567", "4:15551234567", "4:112"])
  func numbers(id: String) {
    let line = line(failure("nobody is \(id), at 14:30"), .people)
    #expect(!line.contains(id) && line.contains("nobody is 4:") && line.contains("at 14:30"))
  }

  @Test("metadata has other names, each its own, but for the one by which a message is known again")
  func metadata() throws {
    let message = ChatMessage(
      id: ChatMessageID("1"), sequenceID: 1, version: 1, content: .text(""),
      senderDisplayName: "", sender: alice, createdOn: .epoch,
      metadata: ["Zanzibar": "a", "Quetzal": "b", "Q": "c", ChatMessage.clientIDName: "id-1"])
    let line = line(.finished(EffectID(1), .messages(Page(values: [message]))), .people)
    for name in ["Zanzibar", "Quetzal", "\"Q\""] { #expect(!line.contains(name), "\(line)") }
    var writer = EventLogWriter(redaction: .people)
    let state = RandomEvents.client()
    var reader = try EventLogReader(writer.header(state, program: "test") + Array(line.utf8))
    guard case .finished(_, .messages(let page)) = try reader.next()?.event else {
      Issue.record("no messages")
      return
    }
    #expect(page.values.first?.metadata.count == 4)
    #expect(page.values.first?.clientID == "id-1")
  }
}

extension String {
  /// How often `part` stands in the text.
  fileprivate func components(_ part: String) -> Int {
    ranges(of: part).count
  }
}
