import ACSWire
import TestKit

/// Which wire type an answer has, by the operation that it answers.
struct WireRoute {
  /// The type's name, for the counts.
  var name: String
  /// Reads the type and writes it back.
  var roundTrip: (JSONValue) throws(WireError) -> JSONValue

  private init<Value: WireValue>(_ type: Value.Type) {
    name = "\(type)"
    roundTrip = { json throws(WireError) in try Value(json: json).json }
  }

  /// The type of the answer in `exchange`.
  init(_ exchange: RecordedExchange) throws {
    if exchange.file.hasPrefix("python-2021/") {
      self = WireRoute.preview(exchange)
    } else if exchange.path.contains("/oauth2/") || exchange.path.contains("/discovery/")
      || exchange.path.contains(".well-known")
    {
      // Answers of Entra, which are none of ours.
      self.init(JSONValue.self)
    } else if exchange.status == 400 && exchange.path == "/sms" {
      // A dictionary of the request's members, which no type of ours writes (WIRE 5).
      self.init(JSONValue.self)
    } else if exchange.status >= 400 {
      self =
        exchange.path.hasPrefix("/chat/")
        ? .init(CommunicationErrorEnvelope.self) : .init(ErrorEnvelope.self)
    } else {
      self = try WireRoute.success(exchange)
    }
  }

  private static func success(_ exchange: RecordedExchange) throws -> WireRoute {
    var steps = exchange.path.split(separator: "/")
    let ids = steps.first == "identities" ? [1] : steps.first == "chat" ? [2, 4] : []
    for id in ids where steps.indices.contains(id) && !steps[id].hasPrefix(":") { steps[id] = "*" }
    switch "\(exchange.method) /\(steps.joined(separator: "/"))" {
    case "POST /identities": return WireRoute(CommunicationIdentityAccessTokenResult.self)
    case "POST /identities/*/:issueAccessToken", "POST /teamsUser/:exchangeAccessToken":
      return WireRoute(AccessTokenModel.self)
    case "POST /sms": return WireRoute(SMSSendResponse.self)
    case "POST /chat/threads": return WireRoute(CreateChatThreadResult.self)
    case "GET /chat/threads": return WireRoute(PageModel<ChatThreadItem>.self)
    case "GET /chat/threads/*": return WireRoute(ChatThreadProperties.self)
    case "POST /chat/threads/*/messages": return WireRoute(SendChatMessageResult.self)
    case "GET /chat/threads/*/messages": return WireRoute(PageModel<ChatMessageModel>.self)
    case "GET /chat/threads/*/messages/*": return WireRoute(ChatMessageModel.self)
    case "GET /chat/threads/*/participants": return WireRoute(PageModel<ChatParticipantModel>.self)
    case "POST /chat/threads/*/participants/:add": return WireRoute(AddChatParticipantsResult.self)
    case "GET /chat/threads/*/readReceipts": return WireRoute(PageModel<ReadReceiptModel>.self)
    default:
      throw Recordings.Unreadable(
        description: "\(exchange.file): no type for \(exchange.method) \(exchange.path)")
    }
  }

  /// The 2020 previews, whose bodies have our types only where nothing was replaced by a text.
  private static func preview(_ exchange: RecordedExchange) -> WireRoute {
    switch (exchange.method, exchange.path.split(separator: "/").last) {
    case ("POST", "identities"): WireRoute(CommunicationIdentity.self)
    case ("POST", "token"): WireRoute(AccessTokenModel.self)
    case ("POST", "messages"): WireRoute(SendChatMessageResult.self)
    default: WireRoute(JSONValue.self)
    }
  }
}
