import ACSClient
import ACSTypes
import ACSWire
import ArgumentTable
import ClientRuntime
import Services

extension ChatSubcommand {
  /// `confab chat save`: an attachment into a file.
  static let save = ChatSubcommand(
    CommandTable(
      "save", summary: "save an attachment of a message",
      about: [
        """
        `chat show --ids` names messages and their attachments. The file has the attachment's name unless --output names \
        another, and appears when it is whole; what is there already is not overwritten without --force. Your token goes to the configured endpoint \
        only: a file on another server is asked for without it, over https.
        """, exitCodes,
      ],
      options: [
        .text("output", short: "o", "FILE", "Where to; - for standard output"),
        .flag("force", "Overwrite what is there"),
        .duration(
          "patience", in: .seconds(1)...(.seconds(3600)), "How long to wait while nothing comes",
          default: .seconds(30)),
      ],
      operands: [
        threadOperand, .init("MESSAGE", "The message's id"),
        .init(
          "ATTACHMENT",
          "Its name, id, or number in the message; may be left out if there is only one",
          count: .optional),
      ],
      examples: [
        .init("confab chat save 'Release room' 1763730000000 plan.pdf", "A file of a message")
      ])
  ) { workplace in
    let choice = ThreadChoice(try workplace.operand(0, "THREAD"))
    let message = ChatMessageID(try workplace.operand(1, "MESSAGE"))
    guard message.place > 0 else {
      throw workplace.wrong(
        "\(message.rawValue.debugDescription) is no message's id; `chat show --ids` shows them")
    }
    let thread = try await choice.find(in: workplace.chat)
    let attachment = try AttachmentChoice(workplace.arguments.operand(2))
      .pick(from: try await workplace.message(message, in: thread.id))
    guard let name = workplace.arguments.text("output") ?? attachment.fileName else {
      throw CommandError(.badData, "The attachment has no name for a file; give one with --output.")
    }
    let file = try OutputFile(
      path: name, overwrites: workplace.arguments.flag("force"), workplace.output)
    try await AttachmentSource(workplace).fetch(attachment, of: thread.id, into: file)
    try file.finish()
    guard let path = file.path else { return .done }
    if workplace.output.isJSON {
      workplace.output.say([
        "file": .string(path), "bytes": .integer(Int64(file.count)),
        "attachmentId": .string(attachment.id), "messageId": .string(message.rawValue),
        "threadId": .string(thread.id.rawValue),
      ])
    } else {
      workplace.output.say([SafeText.line(path)])
    }
    return .done
  }
}

extension ChatWorkplace {
  /// One message.
  ///
  /// - Throws: ``CommandError`` with code 65 when it is not there.
  func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage {
    do {
      return try await chat.message(id, in: thread)
    } catch let error as ServiceError where error.code == .notFound || error.code == .refused {
      throw CommandError(
        .badData,
        "There is no message \(id.rawValue) in the thread. `confab chat show --ids` shows those there are."
      )
    }
  }
}
