import ACSClient
import ACSTypes
import ACSWire
import ArgumentTable
import Configuration
import Glibc
import HTTPTransport
import Services

extension ChatSubcommand {
  /// `confab chat save`: an attachment into a file.
  static let save = ChatSubcommand(
    CommandTable(
      "save", summary: "save an attachment of a message",
      about: [
        """
        `chat show --ids` names messages and their attachments. The file has the attachment's name unless --output names \
        another; what is there already is not overwritten without --force. Your token goes to the configured endpoint \
        only: a file on another server is asked for without it, over https.
        """, exitCodes,
      ],
      options: [
        .text("output", short: "o", "FILE", "Where to; - for standard output"),
        .flag("force", "Overwrite what is there"),
      ],
      operands: [
        threadOperand, .init("MESSAGE", "The message's id"),
        .init(
          "ATTACHMENT", "Its name or id; may be left out if there is only one", count: .optional),
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
    let file = try AttachmentFile(
      attachment, output: workplace.arguments.text("output"),
      overwrites: workplace.arguments.flag("force"))
    try file.check()
    let bytes = try await AttachmentSource(workplace).bytes(of: attachment)
    if file.isStandardOutput {
      workplace.output.pour(bytes)
      return .done
    }
    try file.write(bytes)
    if workplace.output.isJSON {
      workplace.output.say([
        "file": .string(file.path), "bytes": .integer(Int64(bytes.count)),
        "attachmentId": .string(attachment.id), "messageId": .string(message.rawValue),
        "threadId": .string(thread.id.rawValue),
      ])
    } else {
      workplace.output.say([SafeText.line(file.path)])
    }
    return .done
  }
}

/// The attachment that somebody typed: an id, a name that only one has, or nothing where there is only one.
struct AttachmentChoice: Sendable {
  private let typed: String?

  init(_ typed: String?) {
    self.typed = typed
  }

  /// - Throws: ``ChatError`` with code 65 when none is meant, or several are.
  func pick(from message: ChatMessage) throws(ChatError) -> ChatAttachment {
    let all = message.attachments
    guard !all.isEmpty else {
      throw ChatError(.badData, "The message \(message.id.rawValue) has no attachments.")
    }
    guard let typed else {
      if all.count == 1 { return all[0] }
      throw ChatError(.badData, "Name one of the message's attachments:\n\(list(all))")
    }
    let meant = all.filter { $0.id == typed }
    let named = meant.isEmpty ? all.filter { $0.name == typed } : meant
    if named.count == 1 { return named[0] }
    throw ChatError(
      .badData,
      (named.isEmpty
        ? "The message has no attachment \(typed.debugDescription); it has these:\n"
        : "Several attachments are called \(typed.debugDescription); name one by its id:\n")
        + list(all))
  }

  private func list(_ all: [ChatAttachment]) -> String {
    all.map { "  \($0.id)  \($0.kind.rawValue)  \($0.name ?? "")" }.joined(separator: "\n")
  }
}

/// Fetches what a message has attached.
struct AttachmentSource: Sendable {
  private let workplace: ChatWorkplace

  init(_ workplace: ChatWorkplace) {
    self.workplace = workplace
  }

  /// - Throws: ``ChatError`` or `ServiceError`.
  func bytes(of attachment: ChatAttachment) async throws -> [UInt8] {
    guard let text = attachment.url, let address = HTTPAddress(text) else {
      throw ChatError(.badData, "The attachment has no address from which it could be fetched.")
    }
    let isOurs = address.origin == HTTPAddress(workplace.configuration.endpoint)?.origin
    let request = HTTPRequest(method: "GET", origin: address.origin, target: address.target)
    do {
      guard !isOurs else {
        return try await workplace.authorised.send(request, during: "fetching the attachment").body
      }
      guard address.origin.hasPrefix("https://") else {
        throw ChatError(
          .badData,
          "The attachment is at \(address.withoutQuery), which is not https; it is not fetched.")
      }
      return try await foreign(request, at: address)
    } catch let error as ServiceError where error.status == 501 {
      throw ChatError(
        .unavailable,
        "\(error.message) This service does not give out attachments: the emulator names them only, Azure has their bytes."
      )
    }
  }

  /// From another server, to which our token must not go.
  private func foreign(_ request: HTTPRequest, at address: HTTPAddress) async throws -> [UInt8] {
    let response: HTTPResponse
    do {
      response = try await workplace.exchange.exchange(request)
    } catch let error as TransportError {
      throw ChatError(.unavailable, "Failed fetching the attachment: \(error.message)")
    }
    guard response.isSuccess else {
      throw ChatError(
        .notPermitted,
        """
        \(address.withoutQuery) answered \(response.status). Files of Teams are kept in SharePoint, which has a sign-in of \
        its own: open the address in a browser.
        """)
    }
    return response.body
  }
}

extension ChatWorkplace {
  /// One message.
  ///
  /// - Throws: ``ChatError`` with code 65 when it is not there.
  func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage {
    do {
      return try await chat.message(id, in: thread)
    } catch let error as ServiceError where error.code == .notFound || error.code == .refused {
      throw ChatError(
        .badData,
        "There is no message \(id.rawValue) in the thread. `confab chat show --ids` shows those there are."
      )
    }
  }
}
