import ACSTypes
import FoundationEssentials
import TestKit
import Testing

@testable import LocalStore

@Suite("An export of a thread")
struct HistoryExportTests {
  private let hostile = "</script><script>alert(1)</script>&amp;\"'\u{1B}[2J\u{202E}evil\u{0}"

  private func export(
    _ format: HistoryExport.Format, _ messages: [ChatMessage], topic: String = "General",
    participants: [ChatParticipant] = [], contacts: [CommunicationIdentifier: String] = [:]
  ) async throws -> String {
    let store = MemoryHistoryStore()
    try await store.save([.messages(general, messages)])
    var thread = thread(general, topic: topic)
    thread.participants = participants
    var text = ""
    try await HistoryExport(format, of: thread, contacts: contacts)
      .write(from: store) { text += $0 }
    return text
  }

  private var samples: [ChatMessage] {
    var samples = [text(1_000, "hello\nworld"), text(2_000, "x", deleted: true)]
    var edited = text(3_000, "")
    edited.content = .html("<p>rich &lt;b&gt;</p>")
    edited.editedOn = Timestamp(seconds: 9)
    edited.senderDisplayName = ""
    edited.sender = bob
    edited.attachments = [
      ChatAttachment(id: "1", kind: .file, name: "plan.pdf", url: "https://files.example/1?a&b"),
      ChatAttachment(id: "2", kind: .image),
    ]
    samples.append(edited)
    let bobJoins = ChatParticipant(identifier: bob, displayName: "Bob")
    let contents: [ChatMessage.Content] = [
      .participantAdded([bobJoins], initiator: ann),
      .participantRemoved([bobJoins], initiator: bob),
      .participantRemoved([bobJoins], initiator: ann),
      .topicUpdated(topic: "New", initiator: nil), .unknown(type: "Poll"),
    ]
    for (place, content) in contents.enumerated() {
      samples.append(
        ChatMessage(
          id: ChatMessageID("\(4000 + place)"), sequenceID: 1, version: 1, content: content,
          createdOn: Timestamp(seconds: 4)))
    }
    return samples
  }

  @Test("as text it reads like the log of a chat")
  func lines() async throws {
    let exported = try await export(
      .text, samples, contacts: [bob: "Bobby", ann: "Ann of the contacts"])
    #expect(
      exported == """
        # General
        # 19:general@thread.v2, times in UTC
        1970-01-01 00:00:01 <Ann> hello
                            world
        1970-01-01 00:00:02 <Ann> (deleted)
        1970-01-01 00:00:03 <Bobby> rich <b>
                            [file: plan.pdf]
                            [image: 2] (edited)
        1970-01-01 00:00:04 * Ann of the contacts added Bob
        1970-01-01 00:00:04 * Bob left
        1970-01-01 00:00:04 * Ann of the contacts removed Bob
        1970-01-01 00:00:04 * Somebody set the topic: New
        1970-01-01 00:00:04 * a message of the unknown type Poll

        """)
  }

  @Test("names are those of the message, else of the thread, the contacts, the id")
  func names() async throws {
    var nameless = ChatMessage(
      id: ChatMessageID("1"), sequenceID: 1, version: 1, content: .text("x"), sender: bob,
      createdOn: .epoch)
    func sender(
      _ participants: [ChatParticipant], _ contacts: [CommunicationIdentifier: String]
    ) async throws -> Substring? {
      try await export(.text, [nameless], participants: participants, contacts: contacts)
        .split(separator: "\n")[2].split(separator: "<")[1].split(separator: ">").first
    }
    let roster = [ChatParticipant(identifier: bob, displayName: "of the roster")]
    #expect(try await sender([], [:]) == "…bob00000")
    #expect(try await sender([], [bob: "of the contacts"]) == "of the contacts")
    #expect(try await sender(roster, [bob: "of the contacts"]) == "of the roster")
    nameless.senderDisplayName = "of the message"
    #expect(try await sender(roster, [:]) == "of the message")
  }

  @Test("as JSON it can be read back, and has everything", arguments: [true, false])
  func json(isLines: Bool) async throws {
    struct Person: Decodable {
      var id: String
      var name: String
    }
    struct Attachment: Decodable {
      var id: String
      var kind: String
      var name: String?
      var url: String?
    }
    struct Message: Decodable {
      var id: String
      var createdOn: String
      var editedOn: String?
      var deletedOn: String?
      var sender: Person?
      var type: String
      var text: String?
      var html: String?
      var participants: [Person]?
      var attachments: [Attachment]?
      var metadata: [String: String]?
    }
    struct Document: Decodable {
      struct Thread: Decodable {
        var id: String
        var topic: String
      }
      var thread: Thread
      var messages: [Message]
    }
    var samples = samples
    samples[0].content = .text(hostile)
    samples[0].metadata = [hostile: "a"]
    let exported = try await export(isLines ? .jsonLines : .json, samples, topic: hostile)
    let messages: [Message]
    if isLines {
      messages = try exported.split(separator: "\n").map {
        try JSONDecoder().decode(Message.self, from: Data($0.utf8))
      }
    } else {
      let document = try JSONDecoder().decode(Document.self, from: Data(exported.utf8))
      #expect(document.thread.topic == hostile)
      messages = document.messages
    }
    #expect(messages.count == samples.count)
    #expect(messages[0].text == hostile)
    #expect(messages[0].metadata == [hostile: "a"])
    #expect(messages[0].sender?.name == "Ann")
    #expect(messages[1].deletedOn == "1970-01-01T00:00:03Z")
    #expect(messages[2].html == "<p>rich &lt;b&gt;</p>")
    #expect(messages[2].text == "rich <b>")
    #expect(messages[2].attachments?.map(\.name) == ["plan.pdf", nil])
    #expect(messages[3].type == "participantAdded")
    #expect(messages[3].participants?.map(\.name) == ["Bob"])
    #expect(messages[7].type == "Poll")
    #expect(!exported.contains { "\u{1B}\u{202E}\u{0}".contains($0) })
  }

  @Test("nothing hostile gets through", arguments: HistoryExport.Format.allCases)
  func hostileTexts(format: HistoryExport.Format) async throws {
    var message = text(1_000, hostile + "\n1970-01-01 00:00:09 <Ann> forged")
    message.senderDisplayName = hostile + "\n1970-01-01 00:00:09 <Ann> forged"
    message.attachments = [
      ChatAttachment(id: hostile, kind: .file, name: hostile, url: "javascript:alert(1)"),
      ChatAttachment(id: "1", kind: .file, name: "", url: "https://x/\"onclick=\"\(hostile)"),
    ]
    var rich = message
    rich.id = ChatMessageID("2000")
    rich.content = .html("<img src=x onerror=alert(1)>&lt;script&gt;alert(2)&lt;/script&gt;")
    let exported = try await export(
      format, [message, rich], topic: hostile,
      participants: [ChatParticipant(identifier: ann, displayName: hostile)])
    #expect(!exported.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
    if format == .text { #expect(!exported.contains("\n1970-01-01 00:00:09")) }
    if format == .html {
      #expect(!exported.contains("<script") && !exported.contains("<img"))
      #expect(!exported.contains("javascript:") && !exported.contains("\"onclick"))
      // No mark of a tag but those of the page's own.
      let tags = Set(exported.split(separator: "<").dropFirst().map { $0.prefix { $0.isLetter } })
      #expect(
        tags.isSubset(of: [
          "", "html", "head", "meta", "title", "style", "body", "h", "p", "article", "b", "bdi",
          "time", "span", "a",
        ]))
    }
  }

  @Test("an empty thread and one of many pages are whole", arguments: HistoryExport.Format.allCases)
  func pages(format: HistoryExport.Format) async throws {
    #expect(try await !export(format, []).contains("word"))
    let exported = try await export(format, (1...1201).map { ChatMessage.word($0) })
    let words = exported.split { !$0.isLetter && !$0.isNumber }.filter { $0.hasPrefix("word") }
    #expect(words.map { String($0) } == (1...1201).map { "word\($0)" })
  }
}

extension ChatMessage {
  fileprivate static func word(_ place: Int64) -> ChatMessage { text(place * 1000, "word\(place)") }
}
