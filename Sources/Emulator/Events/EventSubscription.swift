public import ACSTypes
import ACSWire
import Services

/// A web hook that wants Event Grid events.
public struct EventSubscription: Hashable, Sendable {
  /// How far it is; what the service calls its provisioning state.
  public enum State: Hashable, Sendable {
    /// Until it answered the validation.
    case creating
    /// After it took the validation and sent no code back, while somebody may open the validation's address.
    case awaitingManualAction(until: Timestamp)
    /// After it proved itself; only then it gets events.
    case succeeded
  }

  /// Names it in the administration interface.
  public let id: String
  /// Where events go.
  public let url: String
  /// How far it is.
  public internal(set) var state = State.creating
  var options: EventOptions
  var validationCode: String

  init(id: String, url: String, options: EventOptions = EventOptions(), validationCode: String) {
    self.id = id
    self.url = url
    self.options = options
    self.validationCode = validationCode
  }

  /// True once it proved itself; before, it gets no other event.
  public var isValidated: Bool { state == .succeeded }

  /// True while it is to be asked to prove itself.
  public var needsValidation: Bool { state == .creating }

  /// What the service calls its state at `now`.
  func provisioningState(now: Timestamp) -> String {
    switch state {
    case .creating: "Creating"
    case .awaitingManualAction(let until): until > now ? "AwaitingManualAction" : "Failed"
    case .succeeded: "Succeeded"
    }
  }

  /// How the administration interface tells it.
  func json(now: Timestamp) -> JSONValue {
    var object: JSONObject = [
      "id": .string(id), "url": .string(url), "validated": .bool(isValidated),
      "provisioningState": .string(provisioningState(now: now)),
    ]
    for member in options.json.members { object[member.name] = member.value }
    return .object(object)
  }
}

/// How often and how long an event is tried, and which events are wanted; the service's names and limits.
struct EventOptions: Hashable {
  var maxDeliveryAttempts = 30
  var timeToLiveMinutes = 1440
  /// All, for `nil`.
  var includedTypes: [String]?

  init() {}

  /// Reads `maxDeliveryAttempts`, `eventTimeToLiveInMinutes` and `includedEventTypes`.
  ///
  /// - Throws: ``Refusal`` with status 400.
  init(_ json: JSONValue) throws(Refusal) {
    if let value = json["maxDeliveryAttempts"] {
      guard let number = value.integer, 1...30 ~= number else {
        throw Refusal(
          400, "BadRequest", "maxDeliveryAttempts should be from 1 to 30.",
          target: "maxDeliveryAttempts")
      }
      maxDeliveryAttempts = Int(number)
    }
    if let value = json["eventTimeToLiveInMinutes"] {
      guard let number = value.integer, 1...1440 ~= number else {
        throw Refusal(
          400, "BadRequest", "eventTimeToLiveInMinutes should be from 1 to 1440.",
          target: "eventTimeToLiveInMinutes")
      }
      timeToLiveMinutes = Int(number)
    }
    if let value = json["includedEventTypes"] {
      let types = value.array?.compactMap(\.string) ?? []
      guard !types.isEmpty, types.count == value.array?.count, types.count <= 100 else {
        throw Refusal(
          400, "BadRequest",
          "includedEventTypes should be a list of types such as Microsoft.Communication.SMSReceived.",
          target: "includedEventTypes")
      }
      includedTypes = types
    }
  }

  /// What ``init(_:)`` reads.
  var json: JSONObject {
    var object: JSONObject = [
      "maxDeliveryAttempts": .integer(Int64(maxDeliveryAttempts)),
      "eventTimeToLiveInMinutes": .integer(Int64(timeToLiveMinutes)),
    ]
    object["includedEventTypes"] = includedTypes.map { .array($0.map(JSONValue.string)) }
    return object
  }

  /// Whether events of a type are wanted; case does not matter.
  func wants(_ type: String) -> Bool {
    includedTypes.map { $0.contains { $0.lowercased() == type.lowercased() } } ?? true
  }
}

/// What an address must be to be posted to.
enum WebhookURL {
  /// True for an absolute http or https address.
  static func isUsable(_ url: String) -> Bool {
    url.lowercased().hasPrefix("http") && url.utf8.count <= 2048 && HTTPAddress(url) != nil
  }
}
