import ACSTypes
import ACSWire

extension Core {
  /// The resource's name in Event Grid.
  var topic: String {
    "/subscriptions/\(resource.id)/resourceGroups/confab/providers/Microsoft.Communication/"
      + "communicationServices/emulator"
  }

  /// Registers a web hook; one that is there already takes the options, if any, and proves itself again when it failed
  /// to.
  mutating func subscribe(
    to url: String, options: EventOptions? = nil, isKept: Bool, now: Timestamp
  ) throws -> EventSubscription {
    guard WebhookURL.isUsable(url) else {
      throw Refusal(
        400, "BadRequest", "A web hook should be an http or https address.", target: "url")
    }
    if let place = subscriptions.firstIndex(where: { $0.url == url }) {
      if subscriptions[place].provisioningState(now: now) == "Failed" {
        subscriptions[place].state = .creating
        subscriptions[place].validationCode = ids.guid()
      }
      if let options {
        subscriptions[place].options = options
        // Changes nothing for one of the command line, which is not kept.
        try store.transaction {
          try store.keepOptions(JSONValue.object(options.json).text, of: subscriptions[place].id)
        }
      }
      return subscriptions[place]
    }
    let options = options ?? EventOptions()
    let subscription = EventSubscription(
      id: ids.guid(), url: url, options: options, validationCode: ids.guid())
    if isKept {
      try store.transaction {
        try store.insertSubscription(
          id: subscription.id, url: url, options: JSONValue.object(options.json).text)
      }
    }
    subscriptions.append(subscription)
    return subscription
  }

  /// The event that asks a web hook to prove itself (WIRE 7).
  func validation(of id: String, now: Timestamp) -> WebhookDelivery? {
    guard let subscription = subscriptions.first(where: { $0.id == id }),
      subscription.needsValidation
    else { return nil }
    let address = plainOrigin.map {
      "\($0)/eventsubscriptions/\(id)/validate?id=\(subscription.validationCode)"
    }
    let event = EventGridEvent(
      id: ids.guid(), topic: topic, subject: "",
      content: .subscriptionValidation(
        SubscriptionValidationData(
          validationCode: subscription.validationCode, validationURL: address)),
      eventTime: WireTime(identity: now))
    return delivery(of: event, to: subscription, kind: "SubscriptionValidation")
  }

  /// Takes a web hook's answer to its validation.
  ///
  /// Taking it without a word leaves ten minutes for somebody to open the validation's address.
  mutating func validated(_ id: String, by answer: HTTPResponse, now: Timestamp) -> Bool {
    guard let place = subscriptions.firstIndex(where: { $0.id == id }),
      subscriptions[place].needsValidation
    else { return false }
    let code = (try? JSONValue.parse(answer.body))?["validationResponse"]
    guard answer.isSuccess, code?.string == subscriptions[place].validationCode else {
      if answer.status == 200, code == nil {
        subscriptions[place].state = .awaitingManualAction(until: now + Core.manualValidation)
      }
      return false
    }
    succeeded(place)
    return true
  }

  /// `GET /eventsubscriptions/{id}/validate?id=`: somebody confirms a web hook that cannot itself.
  mutating func validateByHand(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    guard let place = subscriptions.firstIndex(where: { $0.id == id }),
      exchange.query["id"] == subscriptions[place].validationCode
    else {
      throw Refusal(
        404, "NotFound", "There is nothing to validate.",
        why: "The address is of no subscription, or of an earlier validation.")
    }
    if case .awaitingManualAction(let until) = subscriptions[place].state, until <= exchange.now {
      throw Refusal(
        410, "Gone", "The validation expired.",
        why: "The address holds for ten minutes. Register the web hook again.")
    }
    succeeded(place)
    return HTTPResponse(
      status: 200, headers: ["Content-Type": "text/plain; charset=utf-8"],
      body: Array("The web hook is validated.\n".utf8))
  }

  private static let manualValidation = Duration.seconds(600)

  /// A web hook proved itself; what waits for its address from before is due.
  private mutating func succeeded(_ place: Int) {
    subscriptions[place].state = .succeeded
    let id = subscriptions[place].id
    // When that cannot be kept, it has to prove itself again after a restart.
    try? store.transaction { try store.keepValidated(id) }
    try? findNextEvent()
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

  /// Tells every web hook of something about a call, in order with the callbacks; like calls, that is in memory.
  private mutating func publish(
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
    delivery([event].bytes, to: subscription, kind: kind)
  }

  /// A post of events with the headers that the service adds.
  func delivery(
    _ body: [UInt8], to subscription: EventSubscription, kind: String = "Notification",
    attempts: Int = 0
  ) -> WebhookDelivery {
    WebhookDelivery(
      url: subscription.url,
      headers: [
        "Content-Type": "application/json; charset=utf-8", "aeg-event-type": kind,
        "aeg-subscription-name": subscription.id, "aeg-delivery-count": "\(attempts)",
        "aeg-data-version": "1.0", "aeg-metadata-version": "1",
      ], body: body)
  }
}
