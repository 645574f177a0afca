import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// `POST /sms`: 202 with a row for each recipient, whatever becomes of them (WIRE 5).
  mutating func sendSMS(_ exchange: Exchange) throws -> HTTPResponse {
    let request = try exchange.body(as: SMSSendRequest.self)
    try SMSRules.check(request, isNew: exchange.version(of: .sms) >= SMSRules.optOutVersion)
    try checkSender(request.from)
    var rows: [SMSSendResult] = []
    for recipient in request.recipients {
      rows.append(try send(request, to: recipient, now: exchange.now))
    }
    return .json(SMSSendResponse(value: rows), status: 202)
  }

  /// Refuses a sender that is none, or not the resource's.
  func checkSender(_ sender: String) throws(Refusal) {
    guard PhoneNumber.isSender(sender) else {
      throw .modelState("From", "Invalid from phone number format.")
    }
    guard rules.phoneNumbers.contains(sender) else {
      throw .senderNotOwned(sender, owned: rules.phoneNumbers)
    }
  }

  /// Sends to one recipient; the same repeatability id sends once and gives the same row again.
  private mutating func send(
    _ request: SMSSendRequest, to recipient: SMSRecipient, now: Timestamp
  ) throws -> SMSSendResult {
    guard PhoneNumber.isE164(recipient.to) else {
      return SMSSendResult(
        to: recipient.to, status: 400, errorMessage: "Invalid To phone number format.")
    }
    let content = Digest.contentHash(Array("\(request.from)\n\(request.message)".utf8))
    if let id = recipient.repeatabilityRequestID,
      let earlier = try store.repeatedSMS(id, to: recipient.to)
    {
      guard earlier.content == content else {
        return SMSSendResult(
          to: recipient.to, status: 400,
          errorMessage: "The repeatabilityRequestId was used with another message.",
          repeatabilityResult: "rejected")
      }
      return SMSSendResult(to: recipient.to, messageID: earlier.message)
    }
    let isBlocked = try store.isOptedOut(recipient.to, from: request.from)
    let message = SMSMessage(
      id: "Outgoing_\(now.compactDate)\(ids.guid())_noam", isIncoming: false, sentOn: now,
      from: request.from, to: recipient.to, text: request.message, tag: request.options?.tag,
      status: isBlocked ? .optedOut : .delivered)
    try store.insert(message)
    if let id = recipient.repeatabilityRequestID {
      try store.remember(sms: id, to: recipient.to, content: content, as: message.id, now: now)
    }
    if request.options?.enableDeliveryReport == true {
      try announceDelivery(of: message, now: now)
    }
    return SMSSendResult(to: recipient.to, messageID: message.id)
  }
}

/// What a request to send may hold (WIRE 5).
enum SMSRules {
  /// The version that brought opt-outs and the time-out of reports.
  static let optOutVersion = "2026-01-23"
  /// Recipients of one request.
  static let recipients = 1...100
  /// Characters of a message.
  static let length = 2048
  private static let reportTimeout = 60...43_200

  /// Refuses the request as a whole.
  static func check(_ request: SMSSendRequest, isNew: Bool) throws(Refusal) {
    try check(request.recipients, member: "SmsRecipients")
    guard request.message.unicodeScalars.count <= length else {
      throw .modelState(
        "Message", "The field Message must be a string with a maximum length of \(length).")
    }
    guard isNew, let timeout = request.options?.deliveryReportTimeoutInSeconds else { return }
    guard reportTimeout.contains(timeout) else {
      throw .modelState(
        "SmsSendOptions.DeliveryReportTimeoutInSeconds",
        "The field DeliveryReportTimeoutInSeconds must be between \(reportTimeout.lowerBound) and "
          + "\(reportTimeout.upperBound).")
    }
  }

  /// Refuses too many recipients, none, and what does not even look like a number.
  static func check(_ list: [SMSRecipient], member: String) throws(Refusal) {
    guard recipients.contains(list.count) else {
      throw .modelState(
        member,
        "The field \(member) must have \(recipients.lowerBound) to \(recipients.upperBound) recipients."
      )
    }
    for (index, recipient) in list.enumerated() where !recipient.to.hasPrefix("+") {
      throw .modelState(
        "\(member)[\(index)].To", "Invalid To phone number format.",
        why: "A recipient is a number in E.164 form, with a plus: +14255550123.")
    }
  }
}
