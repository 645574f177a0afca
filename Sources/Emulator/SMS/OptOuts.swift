import ACSTypes
import ACSWire

extension Core {
  /// What is done to the list of those who want to hear nothing of a sender.
  enum OptOutChange: Sendable {
    case add, remove, check
  }

  /// `POST /sms/optouts:add`, `:remove` and `:check`: a row for each recipient (WIRE 5).
  func optOuts(_ exchange: Exchange, _ change: OptOutChange) throws -> HTTPResponse {
    guard exchange.version(of: .sms) >= SMSRules.optOutVersion else {
      throw Refusal(
        404, "NotFound", "The path \(exchange.request.path) does not exist.",
        why: "Opt-outs came with api-version \(SMSRules.optOutVersion).")
    }
    let request = try exchange.body(as: OptOutRequest.self)
    guard SMSRules.recipients.contains(request.recipients.count) else {
      throw Refusal.modelState("Recipients", "The field Recipients must have 1 to 100 recipients.")
    }
    try checkSender(request.from)
    let rows = try request.recipients.map { recipient in
      guard PhoneNumber.isE164(recipient.to) else {
        return OptOutResult(
          to: recipient.to, status: 400, errorMessage: "Invalid recipient phone number format")
      }
      switch change {
      case .add: try store.optOut(recipient.to, from: request.from)
      case .remove: try store.optIn(recipient.to, from: request.from)
      case .check:
        return OptOutResult(
          to: recipient.to,
          isOptedOut: try store.isOptedOut(recipient.to, from: request.from))
      }
      return OptOutResult(to: recipient.to)
    }
    return .json(OptOutResponse(value: rows))
  }

  /// The words by which carriers let somebody opt out and in again.
  private static let stopWords = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"]
  private static let startWords = ["START", "UNSTOP"]

  /// Somebody sends a message to a number of the resource: Event Grid tells, and STOP and START do what they say.
  mutating func receiveSMS(
    from sender: String, to number: String, text: String, now: Timestamp
  ) throws -> SMSMessage {
    guard PhoneNumber.isE164(sender) else {
      throw Refusal(400, "BadRequest", "from should be a number such as +14255550123.")
    }
    guard rules.phoneNumbers.contains(number) else {
      throw Refusal(
        400, "BadRequest", "The resource does not own \(number).",
        why: "The resource does not own \(number); it owns "
          + "\(rules.phoneNumbers.joined(separator: ", ")).")
    }
    let message = SMSMessage(
      id: "Incoming_\(now.compactDate)\(ids.guid())", isIncoming: true, sentOn: now, from: sender,
      to: number, text: text, tag: nil, status: .delivered)
    try store.insert(message)
    let word = text.uppercased()
    if Core.stopWords.contains(word) { try store.optOut(sender, from: number) }
    if Core.startWords.contains(word) { try store.optIn(sender, from: number) }
    try announceReceived(message, now: now)
    return message
  }
}
