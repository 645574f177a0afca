import ACSTypes
import Testing

@testable import ClientModel

@Suite("Messages in memory")
struct MessageWindowTests {
  private static func message(_ place: Int64, _ text: String, version: Int64? = nil) -> ChatMessage
  {
    ChatMessage(
      id: ChatMessageID(String(place)), sequenceID: 3, version: version ?? place,
      content: .text(text), senderDisplayName: "Alice",
      sender: CommunicationIdentifier(rawID: "8:acs:alice"),
      createdOn: Timestamp(seconds: place / 1000))
  }

  @Test(
    "a message comes out as it went in",
    arguments: [
      message(1_795_228_197_001, "hi"),
      message(1_795_228_197_001, "näïve 👩‍👩‍👧 \0 text\n"),
      message(1_795_228_197_001, ""),
      ChatMessage(
        id: ChatMessageID("5"), sequenceID: .max, version: -1, content: .html("<b>x</b>"),
        createdOn: Timestamp(milliseconds: 1)),
      ChatMessage(
        id: ChatMessageID("0005"), sequenceID: 1, version: 5, content: .text("a name of its own"),
        createdOn: .epoch),
      ChatMessage(
        id: ChatMessageID("nonsense"), sequenceID: 1, version: 5, content: .text("x"),
        createdOn: .epoch),
      ChatMessage(
        id: ChatMessageID("9000"), sequenceID: 1, version: 9500, content: .text("x"),
        createdOn: Timestamp(seconds: 9), editedOn: Timestamp(seconds: 10),
        deletedOn: Timestamp(seconds: 4_000_000_000_000)),
      ChatMessage(
        id: ChatMessageID("9000"), sequenceID: 1, version: 9500,
        content: .topicUpdated(topic: "T", initiator: nil), createdOn: Timestamp(seconds: 9)),
      ChatMessage(
        id: ChatMessageID("9000"), sequenceID: 1, version: 9500, content: .text("see"),
        createdOn: Timestamp(seconds: 9), attachments: [ChatAttachment(id: "a", kind: .file)]),
    ])
  func roundTrip(message: ChatMessage) {
    var window = MessageWindow()
    window.insert(message, at: 0)
    #expect(window[0] == message)
    #expect(window.index(of: message.id) == 0)
    #expect(window.place(at: 0) == message.id.place)
    #expect(window.version(at: 0) == message.version)
    #expect(window.sender(at: 0) == message.sender)
  }

  private static let arrival: Int64 = 2_000_000_000_123
  private static let moments: [(Int64, Bool)] = [
    (arrival, true), (arrival + 877, true),
    (arrival + 1_073_741_823, true), (arrival + 1_073_741_824, false),
    (arrival - 1_073_741_823, true), (arrival - 1_073_741_824, false),
    (arrival - 123 + 1_073_741_823_000, true), (arrival - 123 + 1_073_741_824_000, false),
    (arrival - 123 - 1_073_741_823_000, true), (arrival - 123 - 1_073_741_824_000, false),
    (.max, false), (.min, false),
  ]

  @Test(
    "a moment fits a row up to twelve days from the arrival, one without thousandths up to decades",
    arguments: moments)
  func distances(milliseconds: Int64, fits: Bool) {
    let moment = Timestamp(milliseconds: milliseconds)
    let message = ChatMessage(
      id: ChatMessageID(String(Self.arrival)), sequenceID: 1, version: 1, content: .text("x"),
      createdOn: moment, editedOn: moment, deletedOn: moment)
    let row = PackedMessage(message, kind: .text, sender: 0, name: 0)
    #expect((row != nil) == fits)
    if let row { #expect(row.message(text: "x") == message) }
    var window = MessageWindow()
    window.insert(message, at: 0)
    #expect(window[0] == message)
  }

  @Test("changes keep every other message as it was, and memory by what is used")
  func changes() {
    var window = MessageWindow()
    var model: [ChatMessage] = []
    var generator = SplitMix(state: 7)
    for step in 0..<20_000 {
      let place = Int64(generator.next() % 500)
      let text = String(repeating: "x", count: Int(generator.next() % 50)) + "\(step)"
      let message = Self.message(place, text, version: Int64(step))
      let index = window.insertionIndex(of: place)
      #expect(index == model.firstIndex { $0.id.place >= place } ?? model.count)
      if index < model.count, model[index].id == message.id {
        window.replace(at: index, with: message)
        model[index] = message
      } else {
        window.insert(message, at: index)
        model.insert(message, at: index)
      }
      if model.count > 400 {
        let isFront = generator.next() % 2 == 0
        if isFront { window.removeFirst(100) } else { window.removeLast(100) }
        if isFront { model.removeFirst(100) } else { model.removeLast(100) }
      }
      if step % 997 == 0 { #expect(Array(window) == model) }
    }
    #expect(Array(window) == model)
    #expect(MemoryLayout<PackedMessage>.stride == 48)
  }

  @Test("ids that are no numbers share a place and are kept apart")
  func nonsense() {
    var window = MessageWindow()
    for name in ["a", "b"] {
      var message = Self.message(0, name)
      message.id = ChatMessageID(name)
      window.insert(message, at: 0)
    }
    #expect(window.map(\.id.rawValue) == ["b", "a"])
    window.removeFirst(1)
    #expect(window.map(\.content) == [.text("a")])
  }

  @Test("two windows with the same messages are equal, whatever they went through")
  func equality() {
    var one = MessageWindow()
    var other = MessageWindow()
    one.insert(Self.message(2, "b"), at: 0)
    one.insert(Self.message(1, "a"), at: 0)
    other.insert(Self.message(1, "old"), at: 0)
    other.replace(at: 0, with: Self.message(1, "a"))
    #expect(one != other)
    other.insert(Self.message(2, "b"), at: 1)
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
  }
}
