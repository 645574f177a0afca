import ACSTypes

/// Finds the operation that a request asks for.
enum Router {
  /// What is done for a request, by who may ask.
  enum Action: Sendable {
    /// Anybody.
    case open(@Sendable (Exchange) -> HTTPResponse)
    /// Anybody: the Entra authority, which judges the request itself and has errors of its own.
    case entra(@Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse)
    /// Who holds an access key or a token of the Entra authority.
    case service(@Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse)
    /// Who holds a user access token of the right scope, as often as the budget allows.
    case chat(
      ChatPermission, RequestBudget,
      @Sendable (Core, Exchange, ChatCaller, [String]) throws -> HTTPResponse)
    /// Anybody: real-time events, and web hooks that are confirmed, whose operations judge the request themselves.
    case realTime(@Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse)
    /// The same; works on the calls, which are not in the store.
    case calls(@Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse)
  }

  /// An operation's verb and path.
  ///
  /// `{}` stands for one segment, or the beginning of one, which is an argument.
  struct Route: Sendable {
    /// A segment of the path.
    private enum Part {
      case literal(String)
      /// An argument, and what stands behind it.
      case argument(suffix: String)
    }

    let method: String
    /// As it was written.
    let path: String
    let action: Action
    /// How many segments the path has.
    var count: Int { pattern.count }
    private let pattern: [Part]

    init(_ method: String, _ path: String, _ action: Action) {
      self.method = method
      self.path = path
      self.action = action
      pattern = path.split(separator: "/").map { part in
        part.hasPrefix("{}") ? .argument(suffix: String(part.dropFirst(2))) : .literal(String(part))
      }
    }

    /// The arguments in `segments`, which are as many as the pattern's; `nil` when they are another path.
    func arguments(in segments: [String]) -> [String]? {
      var arguments: [String] = []
      for (part, segment) in zip(pattern, segments) {
        switch part {
        case .literal(let text):
          guard text == segment else { return nil }
        case .argument(let suffix):
          guard segment.hasSuffix(suffix), segment.utf8.count > suffix.utf8.count else {
            return nil
          }
          arguments.append(suffix.isEmpty ? segment : String(segment.dropLast(suffix.count)))
        }
      }
      return arguments
    }
  }

  /// The planes that are not emulated, by the first segment of their paths.
  private static let absentPlanes = [
    "access": "Teams extension access", "alphaIds": "alphanumeric senders",
    "authorizationCodes": "authorisation codes", "availablePhoneNumbers": "phone numbers",
    "countries": "phone numbers", "emails": "email", "jobRouter": "job router",
    "messages": "advanced messaging", "networkTraversal": "network traversal",
    "operatorInformation": "phone numbers", "phoneNumbers": "phone numbers",
    "routing": "job router", "shortCodes": "short codes", "sip": "SIP routing",
    "tollFreeVerification": "toll-free verification",
  ]

  /// The route of a request with what stood in its path.
  ///
  /// - Throws: ``Refusal`` with status 404 or 405, or 501 for what ACS has and the emulator has not.
  static func route(_ request: HTTPRequest) throws(Refusal) -> (route: Route, arguments: [String]) {
    let segments = request.path.utf8.split(separator: UInt8(ascii: "/")).map { bytes in
      Substring(bytes).percentDecoded ?? String(Substring(bytes))
    }
    var allowed: [String] = []
    for route in routes[segments.count] ?? [] {
      guard let arguments = route.arguments(in: segments) else { continue }
      if route.method == request.method { return (route, arguments) }
      allowed.append(route.method)
    }
    let first = String((segments.first ?? "").prefix { $0 != ":" })
    if first == "calling", allowed.isEmpty || segments.last?.contains(":") == true {
      throw Refusal(
        501, "NotImplemented", "The emulator does not have this operation of Call Automation.",
        why: "Of Call Automation the emulator has create, answer, reject, get, hang up, terminate, "
          + "participants and mute.")
    }
    if first == "chat", segments.count > 3, segments[1] == "threads", segments[3] == "images" {
      throw Refusal(
        501, "NotImplemented", "The emulator does not have images of messages.",
        why: "The emulator has no images of chat threads: they go with Teams interoperability.")
    }
    if !allowed.isEmpty {
      throw Refusal(
        405, "MethodNotAllowed",
        "The method \(request.method) is not allowed here.",
        why: "This path takes \(allowed.joined(separator: ", ")).")
    }
    if let gap = absentPlanes[first] {
      throw Refusal(
        501, "NotImplemented", "The emulator does not have \(gap).",
        why: "The emulator has Identity, Chat, SMS, Rooms and Call Automation; it does not have "
          + "\(gap).")
    }
    throw Refusal(
      404, "NotFound", "The path \(request.path) does not exist.",
      why: "No service of ACS has the path \(request.path).")
  }

  /// Every plane's operations.
  static let all =
    openRoutes + entraRoutes + identityRoutes + chatRoutes + callRoutes + smsRoutes + roomRoutes
    + realTimeRoutes

  /// The same by how many segments their paths have.
  private static let routes = Dictionary(grouping: all, by: \.count)

  private static var openRoutes: [Route] {
    [
      Route(
        "GET", "/",
        .open { exchange in
          HTTPResponse(
            status: 200, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array(
              "This is the Confab emulator of Azure Communication Services at \(exchange.request.origin).\n"
                .utf8))
        }),
      Route(
        "GET", "/eventsubscriptions/{}/validate",
        .realTime { core, exchange, arguments in
          try core.validateByHand(exchange, id: arguments[0])
        }),
    ]
  }
}
