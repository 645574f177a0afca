import ACSClient
import ACSTypes
import ACSWire
import ArgumentTable

extension AdminCommand {
  /// `confab sms send`: a text to some numbers.
  static let sendSMS = AdminCommand(
    CommandTable(
      "send", summary: "send a text message",
      about: [
        """
        It prints a line for each recipient, for the service takes or refuses each on its own. It ends with 65 when \
        one was refused; the others have got their message then, so send only to those again that are named.
        """, AdminCommand.exitCodes,
      ],
      options: [
        .text("from", "NUMBER", "The sender: a number of the resource, such as +18335550100"),
        .text("to", "NUMBER", "A recipient, such as +14255550123", repeatable: true),
        .text("tag", "TEXT", "Comes back in the delivery report"),
        .flag("delivery-report", "Ask for a report of the delivery by Event Grid"),
      ],
      operands: [.init("TEXT", "The message, at most 2048 characters; - for standard input")],
      examples: [
        .init("confab sms send --from +18335550100 --to +14255550123 'Hello'", "One message"),
        .init("date | confab sms send --from +18335550100 --to +14255550123 -", "From a pipe"),
      ]),
    below: "sms"
  ) { workplace in
    let message = try OutgoingSMS(workplace)
    let resource = try workplace.resource()
    let results: [SMSSendResult]
    do {
      results = try await resource.sms.send(
        message.text, from: message.sender, to: message.recipients, options: message.options)
    } catch var error as ServiceError where error.code == .unauthenticated {
      // The service has the same answer, without words, to a wrong key and to a foreign number.
      error.message += " Check that the number \(message.sender) is the resource's own."
      throw error
    }
    return SMSReport(results, recipients: message.recipients).print(to: workplace.output)
  }
}
