import ACSTypes
import ACSWire

/// A message that was sent, or that came.
struct SMSMessage {
  /// What became of it.
  enum Status: String {
    /// It arrived.
    case delivered = "Delivered"
    /// The recipient wants to hear nothing of the sender.
    case optedOut = "OptedOut"
  }

  let id: String
  let isIncoming: Bool
  let sentOn: Timestamp
  let from: String
  let to: String
  let text: String
  let tag: String?
  let status: Status

  /// How the administration interface tells it.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("messageId", .string(id)), ("direction", isIncoming ? "incoming" : "outgoing"),
      ("from", .string(from)), ("to", .string(to)), ("message", .string(text)),
      ("sentOn", .string(sentOn.iso8601WithMilliseconds)), ("status", .string(status.rawValue)),
    ]
    if let tag { members.append(("tag", .string(tag))) }
    return .object(JSONObject(members))
  }
}

extension Core {
  /// Tells every web hook what became of a message (Event Grid's SMSDeliveryReportReceived).
  func announceDelivery(of message: SMSMessage, now: Timestamp) throws {
    let isDelivered = message.status == .delivered
    var data: JSONObject = [
      "messageId": .string(message.id), "from": .string(message.from), "to": .string(message.to),
      "deliveryStatus": isDelivered ? "Delivered" : "Failed",
      "deliveryStatusDetails": isDelivered ? "No error." : "Sender blocked for given recipient.",
      "receivedTimestamp": .string(now.iso8601WithTicks),
      "deliveryAttempts": [
        [
          "timestamp": .string(message.sentOn.iso8601WithTicks),
          "segmentsSucceeded": isDelivered ? 1 : 0, "segmentsFailed": isDelivered ? 0 : 1,
        ]
      ],
    ]
    data["tag"] = message.tag.map { .string($0) } ?? ""
    try line(
      "Microsoft.Communication.SMSDeliveryReportReceived", data, id: message.id,
      subject: "/phonenumber/\(message.from.drop { $0 == "+" })", now: now)
  }

  /// Tells every web hook that a message came (Event Grid's SMSReceived).
  func announceReceived(_ message: SMSMessage, now: Timestamp) throws {
    try line(
      "Microsoft.Communication.SMSReceived",
      [
        "messageId": .string(message.id), "from": .string(message.from), "to": .string(message.to),
        "message": .string(message.text), "receivedTimestamp": .string(now.iso8601WithTicks),
      ], id: message.id, subject: "/phonenumber/\(message.to.drop { $0 == "+" })", now: now)
  }
}

extension Timestamp {
  /// `20220425010403`, as it stands in the ids of messages.
  var compactDate: String {
    String(iso8601.filter { "0"..."9" ~= $0 })
  }

  /// `2020-09-18T00:22:20.2850000Z`, with the seven digits that Event Grid writes.
  var iso8601WithTicks: String {
    iso8601WithMilliseconds.replacing("Z", with: "0000Z")
  }
}
