import ACSWire
import ArgumentTable
import Glibc

/// A message as it was typed, checked as far as that goes without the service.
struct OutgoingSMS {
  let text: String
  let sender: String
  let recipients: [String]
  let options: SMSSendOptions

  /// The contract's limits (WIRE 5).
  static let longestText = 2048
  static let mostRecipients = 100

  /// - Throws: `UsageError` for a wrong command line, ``CommandError`` for a text that cannot be sent.
  init(_ workplace: Workplace) throws {
    let arguments = workplace.arguments
    guard let sender = arguments.text("from"), !sender.isEmpty else {
      throw workplace.wrong("option '--from' is missing: the sender, a number of the resource")
    }
    recipients = arguments.texts("to")
    guard !recipients.isEmpty else {
      throw workplace.wrong("option '--to' is missing; give it once for each recipient")
    }
    guard recipients.count <= OutgoingSMS.mostRecipients else {
      throw workplace.wrong(
        "there are \(recipients.count) recipients; one message goes to "
          + "\(OutgoingSMS.mostRecipients) at most")
    }
    for (index, number) in recipients.enumerated() {
      guard number.hasPrefix("+"), number.dropFirst().allSatisfy({ "0"..."9" ~= $0 }) else {
        throw workplace.wrong(
          "\(number.prefix(50).debugDescription) is no number such as +14255550123, with the "
            + "country's code and no blanks")
      }
      guard !recipients[..<index].contains(number) else {
        throw workplace.wrong("the recipient \(number) is there twice and would get two messages")
      }
    }
    self.sender = sender
    options = SMSSendOptions(
      enableDeliveryReport: arguments.flag("delivery-report"), tag: arguments.text("tag"))
    let operand = arguments.operand(0) ?? ""
    text = try OutgoingSMS.checked(operand == "-" ? OutgoingSMS.standardInput() : operand)
  }

  /// The text, if it can be sent.
  static func checked(_ text: String) throws(CommandError) -> String {
    guard !text.isEmpty else { throw CommandError(.badData, "There is no text to send.") }
    // The service counts as .NET does.
    let length = text.utf16.count
    guard length <= longestText else {
      throw CommandError(
        .badData,
        "The text has \(length) characters; the service takes \(longestText) at most. Nothing was "
          + "sent.")
    }
    return text
  }

  /// Standard input without the line feed at its end.
  private static func standardInput() throws(CommandError) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    // Enough to tell that it is too long.
    while bytes.count < 1 << 16 {
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
