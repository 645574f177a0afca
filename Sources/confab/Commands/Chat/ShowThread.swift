import ACSClient
import ACSTypes
import ArgumentTable
import Services

extension ChatSubcommand {
  /// `confab chat show`: messages of a thread.
  static let show = ChatSubcommand(
    CommandTable(
      "show", summary: "messages of a thread, oldest first",
      about: [
        "It prints the newest messages, or those before one of them, with (edited), (deleted) and attachments named.",
        exitCodes,
      ],
      options: [
        .integer("limit", short: "n", in: 1...100_000, "So many at the most", default: 50),
        .text("before", "MESSAGE", "Only those before this message's id"),
        .flag("ids", "Begin each line with the message's id"),
      ],
      operands: [threadOperand],
      examples: [
        .init("confab chat show 'Release room' --limit 20", "The newest 20 messages"),
        .init("confab chat show 'Release room' --json | jq -r .content.message", "Texts alone"),
      ])
  ) { workplace in
    let before = try workplace.messageID("before")
    let thread = try await ThreadChoice(workplace.operand(0, "THREAD")).find(in: workplace.chat)
    let messages = try await workplace.chat.messages(
      in: thread.id, before: before?.place, limit: workplace.arguments.integer("limit") ?? 50)
    var teller = MessageTeller(workplace)
    await teller.tell(messages, in: thread.id)
    return .done
  }
}

extension ChatWorkplace {
  /// The id of a message that an option has.
  func messageID(_ option: String) throws(UsageError) -> ChatMessageID? {
    guard let text = arguments.text(option) else { return nil }
    guard let place = Int64(text), place > 0 else {
      throw wrong("option '--\(option)' needs a message's id such as 1763730000000, not '\(text)'")
    }
    return ChatMessageID(text)
  }
}

extension ChatService {
  /// Up to `limit` of the newest messages that are older than `place`, oldest first; the newest ones for `nil`.
  func messages(
    in thread: ChatThreadID, before place: Int64?, limit: Int
  ) async throws -> [ChatMessage] {
    var found: [ChatMessageID: ChatMessage] = [:]
    var next: String?
    repeat {
      let page = try await messages(in: thread, startTime: nil, next: next)
      for message in page.values where place.map({ message.id.place < $0 }) ?? true {
        if found[message.id].map({ $0.revision < message.revision }) ?? true {
          found[message.id] = message
        }
      }
      next = page.nextLink == next ? nil : page.nextLink
    } while next != nil && found.count < limit
    return Array(found.values.sorted { $0.id.place < $1.id.place }.suffix(limit))
  }
}
