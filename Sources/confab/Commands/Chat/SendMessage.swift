import ACSClient
import ACSTypes
import ACSWire
import ArgumentTable
import ClientRuntime
import Configuration
import Executor
import Glibc
import Services

extension ChatSubcommand {
  /// `confab chat send`: a text into a thread, once.
  static let send = ChatSubcommand(
    CommandTable(
      "send", summary: "send a message and print its id",
      about: [
        """
        It sends once: when no answer comes, it looks whether the message has arrived before it tries again. With --client-id, \
        that holds for a script that runs again, too: a message that was sent under this name within a day is not sent \
        anew, and its id is printed.
        """, exitCodes(waits: "--patience lasts"),
      ],
      options: [
        .text("client-id", "NAME", "What the message is called before it has an id"),
        .duration(
          "patience", in: .seconds(0)...(.seconds(3600)), "How long to go on trying and waiting",
          default: .seconds(30)),
      ],
      operands: [
        threadOperand,
        .init("TEXT", "The message, words joined by blanks; - for standard input", count: .many),
      ],
      examples: [
        .init("confab chat send 'Release room' 'The build is green'", "One message"),
        .init("git log -1 | confab chat send 'Release room' -", "From a pipe"),
      ])
  ) { workplace in
    let choice = ThreadChoice(try workplace.operand(0, "THREAD"))
    let text = try OutgoingText(workplace).text
    let patience = workplace.arguments.duration("patience") ?? .zero
    let began = workplace.clock.now
    let chat = workplace.chat(within: patience)
    let thread = try await choice.find(in: chat)
    let named = workplace.arguments.text("client-id")
    let id: ChatMessageID
    do {
      id = try await chat.sendOnce(
        text, clientID: named ?? workplace.random.uuid(),
        writtenOn: workplace.clock.now - (named == nil ? .zero : .seconds(86_400)),
        mayHaveArrived: named != nil, to: thread.id,
        senderDisplayName: workplace.configuration.displayName,
        patience: patience - (workplace.clock.now - began), clock: workplace.clock,
        timer: workplace.timer, random: workplace.random
      ) { error, wait in
        guard wait >= .seconds(2) else { return }
        workplace.output.mention(
          "confab: \(error.message) Trying again in \(wait.secondsRoundedUp) s.")
      }
    } catch let error as ServiceError where error.code == .forbidden {
      throw CommandError(.notPermitted, "\(error.message) Nothing was sent.")
    }
    if workplace.output.isJSON {
      workplace.output.say([
        "id": .string(id.rawValue), "threadId": .string(thread.id.rawValue),
      ])
    } else {
      workplace.output.say([id.rawValue])
    }
    return .done
  }
}

/// A message as it was typed or piped, checked as far as that goes without the service.
struct OutgoingText {
  /// The contract's limit: 28 KB (WIRE 4.2).
  static let longest = 28 * 1024

  let text: String

  /// - Throws: `UsageError` for a wrong command line, ``CommandError`` for a text that cannot be sent.
  init(_ workplace: ChatWorkplace) throws {
    let words = Array(workplace.arguments.operands.dropFirst())
    guard !words.isEmpty else {
      throw workplace.wrong("operand TEXT is missing; - reads standard input")
    }
    text = try OutgoingText.checked(
      words == ["-"] ? OutgoingText.standardInput() : words.joined(separator: " "))
  }

  /// The text, if it can be sent.
  static func checked(_ text: String) throws(CommandError) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw CommandError(.badData, "There is no text to send.")
    }
    guard text.utf8.count <= longest else {
      throw CommandError(
        .badData,
        "The text has \(text.utf8.count) bytes; the service takes \(longest) at most. Nothing was sent."
      )
    }
    return text
  }

  /// Standard input without the line feed at its end.
  private static func standardInput() throws(CommandError) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    // Enough to tell that it is too long.
    while bytes.count <= longest + 1 {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw CommandError(
          .badData, "Standard input cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError(.badData, "The text on standard input is not UTF-8.")
    }
    return text.last?.isNewline == true ? String(text.dropLast()) : text
  }
}
