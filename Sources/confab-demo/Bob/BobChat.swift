import ACSTypes
import Services

/// Bob's side of the chat: looks at his threads, and answers Alice a moment after she wrote.
struct BobChat: Sendable {
  /// From a message's arrival to the answer: long enough to see him type.
  private static let thinking = Duration.milliseconds(1500)
  /// Threads are looked at again as far back as this, as clocks and lists are not exact.
  private static let overlap = Duration.seconds(3)
  /// How many threads are looked at, those with the newest messages.
  private static let threadLimit = 20

  /// What Bob is about to say in a thread.
  private struct Answer {
    var text: String
    var due: Timestamp
  }

  private let chat: any ChatService
  private let name: String
  private let alice: CommunicationIdentifier
  /// How many answers he still gives: a loop of any kind must come to an end.
  private var answersLeft = 1000
  private var answers: [ChatThreadID: Answer] = [:]
  /// The place of the newest message seen, by thread.
  private var seen: [ChatThreadID: Int64] = [:]
  /// When he looked last; `nil` before the first time, whose messages are history.
  private var lookedOn: Timestamp?
  /// What he says.
  var words = Answers()

  /// Bob as the person called `name` whose chat it is, who answers `alice` and nobody else.
  init(_ chat: any ChatService, name: String, alice: CommunicationIdentifier) {
    self.chat = chat
    self.name = name
    self.alice = alice
  }

  /// When he has something to say next.
  var nextDue: Timestamp? { answers.values.map(\.due).min() }

  /// Reads what is new.
  mutating func look(now: Timestamp) async throws {
    let page = try await chat.threads(next: nil)
    let newest = page.values.filter { $0.deletedOn == nil }
      .sorted { ($0.lastMessageReceivedOn ?? now) > ($1.lastMessageReceivedOn ?? now) }
    for thread in newest.prefix(Self.threadLimit) {
      let since = lookedOn.map { $0 - Self.overlap }
      guard since.map({ (thread.lastMessageReceivedOn ?? now) >= $0 }) ?? true else { continue }
      try await read(thread.id, since: since)
    }
    lookedOn = now
  }

  /// Says what is due; what cannot be said is dropped.
  mutating func speak(now: Timestamp) async throws {
    for (thread, answer) in answers where answer.due <= now {
      answers[thread] = nil
      _ = try await chat.send(
        answer.text, clientID: nil, senderDisplayName: name, to: thread)
    }
  }

  private mutating func read(_ thread: ChatThreadID, since: Timestamp?) async throws {
    let messages = try await chat.messages(in: thread, startTime: since, next: nil).values
    let before = seen[thread] ?? 0
    seen[thread] = messages.map(\.id.place).reduce(before, max)
    guard lookedOn != nil else { return }
    let new = messages.filter { $0.id.place > before && $0.sender == alice && $0.deletedOn == nil }
    guard let newest = new.max(by: { $0.id.place < $1.id.place }),
      case .text(let text) = newest.content
    else { return }
    // Neither of these is worth an answer that never comes.
    try? await chat.sendReadReceipt(for: newest.id, in: thread)
    guard answersLeft > 0 else { return }
    answersLeft -= 1
    try? await chat.sendTyping(in: thread, senderDisplayName: name)
    // Several messages in a row get one answer, to the last of them.
    let due = answers[thread]?.due ?? newest.createdOn + Self.thinking
    answers[thread] = Answer(text: words.answer(to: text), due: due)
  }
}
