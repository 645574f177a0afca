import ACSTypes
import ACSWire

extension Core {
  /// The resource's name in Event Grid.
  private var topic: String {
    "/subscriptions/\(resource.id)/resourceGroups/confab/providers/Microsoft.Communication/"
      + "communicationServices/emulator"
  }

  /// Registers a web hook; one that is there already stays as it is.
  mutating func subscribe(to url: String, isKept: Bool) throws -> EventSubscription {
    guard WebhookURL.isUsable(url) else {
      throw Refusal(
        400, "BadRequest", "A web hook should be an http or https address.", target: "url")
    }
    if let known = subscriptions.first(where: { $0.url == url }) { return known }
    let subscription = EventSubscription(
      id: ids.guid(), url: url, validationCode: ids.guid())
    if isKept { try store.insertSubscription(id: subscription.id, url: url) }
    subscriptions.append(subscription)
    return subscription
  }

  /// The event that asks a web hook to prove itself (WIRE 7).
  func validation(of id: String, now: Timestamp) -> WebhookDelivery? {
    guard let subscription = subscriptions.first(where: { $0.id == id }), !subscription.isValidated
    else { return nil }
    let event = EventGridEvent(
      id: ids.guid(), topic: topic, subject: "",
      content: .subscriptionValidation(
        SubscriptionValidationData(validationCode: subscription.validationCode)),
      eventTime: WireTime(identity: now))
    return delivery(of: event, to: subscription, kind: "SubscriptionValidation")
  }

  /// Takes a web hook's answer to its validation.
  mutating func validated(_ id: String, by answer: HTTPResponse) -> Bool {
    guard let place = subscriptions.firstIndex(where: { $0.id == id }), answer.isSuccess,
      let json = try? JSONValue.parse(answer.body),
      json["validationResponse"]?.string == subscriptions[place].validationCode
    else { return false }
    subscriptions[place].isValidated = true
    return true
  }

  /// Tells every web hook that a call rings at somebody.
  mutating func announce(_ ring: Call.Ring, of call: Call, now: Timestamp) {
    let data = IncomingCallData(
      to: IdentifierModel(ring.target, writingKind: true),
      from: IdentifierModel(call.source, writingKind: true), serverCallID: call.serverCallID,
      callerDisplayName: call.sourceDisplayName ?? "", incomingCallContext: ring.context,
      correlationID: call.correlationID)
    let event = EventGridEvent(
      id: ids.guid(), topic: topic,
      subject: "/caller/\(call.source.rawID)/recipient/\(ring.target.rawID)",
      content: .incomingCall(data), eventTime: WireTime(identity: now))
    for subscription in subscriptions where subscription.isValidated {
      deliveries.append(delivery(of: event, to: subscription, kind: "Notification"))
    }
  }

  /// Tells every web hook that a call is over; also that it rings no more.
  mutating func announceEnd(of call: Call, now: Timestamp) {
    let startedBy = IdentifierModel(call.source, writingKind: true)
    let data: JSONValue = [
      "startedBy": ["communicationIdentifier": startedBy.json],
      "serverCallId": .string(call.serverCallID),
      "isTwoParty": .bool(call.targets.count == 1), "isRoomsCall": false,
      "correlationId": .string(call.correlationID),
    ]
    publish(
      EventGridEvent.callEndedType, data.object ?? [:], id: ids.guid(),
      subject: "call/\(call.serverCallID)/startedBy/\(call.source.rawID)", now: now)
  }

  /// Tells every web hook of something, in an event of the type named.
  mutating func publish(
    _ type: String, _ data: JSONObject, id: String, subject: String, now: Timestamp
  ) {
    let event = EventGridEvent(
      id: id, topic: topic, subject: subject, content: .unknown(type: type, data: .object(data)),
      eventTime: WireTime(identity: now))
    for subscription in subscriptions where subscription.isValidated {
      deliveries.append(delivery(of: event, to: subscription, kind: "Notification"))
    }
  }

  private func delivery(
    of event: EventGridEvent, to subscription: EventSubscription, kind: String
  ) -> WebhookDelivery {
    WebhookDelivery(
      url: subscription.url,
      headers: [
        "Content-Type": "application/json; charset=utf-8", "aeg-event-type": kind,
        "aeg-subscription-name": subscription.id, "aeg-data-version": "1.0",
        "aeg-metadata-version": "1",
      ], body: [event].bytes)
  }
}
