import ACSTypes

/// Finds the operation that a request asks for.
enum Router {
  /// What is done for a request, by who may ask.
  enum Action: Sendable {
    /// Anybody.
    case open(@Sendable (Exchange) -> HTTPResponse)
    /// Anybody: the Entra authority, which judges the request itself and has errors of its own.
    case entra(@Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse)
    /// Who holds the access key.
    case identity(@Sendable (Core, Exchange, [String]) throws -> HTTPResponse)
    /// Who holds a user access token of the right scope.
    case chat(
      ChatPermission, @Sendable (Core, Exchange, ChatCaller, [String]) throws -> HTTPResponse)
    /// Who holds the access key; works on the calls, which are not in the store.
    case calls(@Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse)
  }

  /// An operation's verb and path.
  ///
  /// `{}` stands for one segment, or the beginning of one, which is an argument.
  struct Route: Sendable {
    let method: String
    let path: String
    let action: Action

    init(_ method: String, _ path: String, _ action: Action) {
      self.method = method
      self.path = path
      self.action = action
    }

    /// The arguments in `segments`; `nil` when they are another path.
    func arguments(in segments: [String]) -> [String]? {
      let pattern = path.split(separator: "/")
      guard pattern.count == segments.count else { return nil }
      var arguments: [String] = []
      for (part, segment) in zip(pattern, segments) {
        guard part.hasPrefix("{}") else {
          guard part == segment else { return nil }
          continue
        }
        let suffix = part.dropFirst(2)
        guard segment.hasSuffix(suffix), segment.count > suffix.count else { return nil }
        arguments.append(String(segment.dropLast(suffix.count)))
      }
      return arguments
    }
  }

  /// The planes that are not emulated, by the first segment of their paths.
  private static let absentPlanes = [
    "authorizationCodes": "authorisation codes", "availablePhoneNumbers": "phone numbers",
    "access": "Teams extension access", "emails": "email", "messages": "advanced messaging",
    "networkTraversal": "network traversal", "phoneNumbers": "phone numbers",
    "jobRouter": "job router", "routing": "job router", "rooms": "rooms", "sip": "SIP routing",
    "sms": "SMS", "teamsUser": "the exchange of Teams tokens",
  ]

  /// The route of a request with what stood in its path.
  ///
  /// - Throws: ``Refusal`` with status 404 or 405, or 501 for what ACS has and the emulator has not.
  static func route(_ request: HTTPRequest) throws(Refusal) -> (route: Route, arguments: [String]) {
    let segments = request.path.split(separator: "/").map { $0.percentDecoded ?? String($0) }
    var allowed: [String] = []
    for route in routes {
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
    if !allowed.isEmpty {
      throw Refusal(
        405, "MethodNotAllowed",
        "The method \(request.method) is not allowed here.",
        why: "This path takes \(allowed.joined(separator: ", ")).")
    }
    if let gap = absentPlanes[first] {
      throw Refusal(
        501, "NotImplemented", "The emulator does not have \(gap).",
        why: "The emulator has Identity, Chat and Call Automation; it does not have \(gap).")
    }
    if segments == ["chat", "config", "realTimeNotifications"] {
      throw Refusal(
        501, "NotImplemented", "The emulator does not have real-time notifications.",
        why: "The emulator does not have real-time notifications; poll the lists instead.")
    }
    throw Refusal(
      404, "NotFound", "The path \(request.path) does not exist.",
      why: "No service of ACS has the path \(request.path).")
  }

  private static let routes = openRoutes + entraRoutes + identityRoutes + chatRoutes + callRoutes

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
        })
    ]
  }

  private static var identityRoutes: [Route] {
    [
      Route(
        "POST", "/identities", .identity { core, exchange, _ in try core.createIdentity(exchange) }),
      Route("DELETE", "/identities/{}", .identity { try $0.deleteIdentity($1, id: $2[0]) }),
      Route(
        "POST", "/identities/{}/:issueAccessToken",
        .identity { try $0.issueAccessToken($1, id: $2[0]) }),
      Route(
        "POST", "/identities/{}/:revokeAccessTokens",
        .identity { try $0.revokeAccessTokens($1, id: $2[0]) }),
    ]
  }

  private static var chatRoutes: [Route] {
    let thread = "/chat/threads/{}"
    let message = "\(thread)/messages/{}"
    return [
      Route(
        "POST", "/chat/threads",
        .chat(.manageThreads) { core, exchange, caller, _ in
          try core.createThread(exchange, by: caller)
        }),
      Route(
        "GET", "/chat/threads",
        .chat(.takePart) { core, exchange, caller, _ in
          try core.listThreads(exchange, of: caller)
        }),
      Route("GET", thread, .chat(.takePart) { try $0.thread($1, for: $2, id: $3[0]) }),
      Route("PATCH", thread, .chat(.manageThreads) { try $0.updateThread($1, by: $2, id: $3[0]) }),
      Route("DELETE", thread, .chat(.manageThreads) { try $0.deleteThread($1, by: $2, id: $3[0]) }),
      Route(
        "POST", "\(thread)/messages", .chat(.takePart) { try $0.sendMessage($1, by: $2, to: $3[0]) }
      ),
      Route(
        "GET", "\(thread)/messages",
        .chat(.takePart) { try $0.listMessages($1, for: $2, in: $3[0]) }),
      Route(
        "GET", message, .chat(.takePart) { try $0.message($1, for: $2, in: $3[0], id: $3[1]) }),
      Route(
        "PATCH", message,
        .chat(.takePart) { try $0.updateMessage($1, by: $2, in: $3[0], id: $3[1]) }),
      Route(
        "DELETE", message,
        .chat(.takePart) { try $0.deleteMessage($1, by: $2, in: $3[0], id: $3[1]) }),
      Route(
        "GET", "\(thread)/participants",
        .chat(.takePart) { try $0.listParticipants($1, for: $2, of: $3[0]) }),
      Route(
        "POST", "\(thread)/participants/:add",
        .chat(.manageParticipants) { try $0.addParticipants($1, by: $2, to: $3[0]) }),
      Route(
        "POST", "\(thread)/participants/:remove",
        .chat(.manageParticipants) { try $0.removeParticipant($1, by: $2, from: $3[0]) }),
      Route(
        "GET", "\(thread)/readReceipts",
        .chat(.takePart) { try $0.listReadReceipts($1, for: $2, in: $3[0]) }),
      Route(
        "POST", "\(thread)/readReceipts",
        .chat(.takePart) { try $0.sendReadReceipt($1, by: $2, in: $3[0]) }),
      Route(
        "POST", "\(thread)/typing", .chat(.takePart) { try $0.sendTyping($1, by: $2, in: $3[0]) }),
    ]
  }

  private static var callRoutes: [Route] {
    let calls = "/calling/callConnections"
    return [
      Route("POST", calls, .calls { core, exchange, _ in try core.createCall(exchange) }),
      Route(
        "POST", "\(calls):answer", .calls { core, exchange, _ in try core.answerCall(exchange) }),
      Route(
        "POST", "\(calls):reject", .calls { core, exchange, _ in try core.rejectCall(exchange) }),
      Route("GET", "\(calls)/{}", .calls { core, _, ids in try core.callConnection(id: ids[0]) }),
      Route("DELETE", "\(calls)/{}", .calls { try $0.hangUp($1, id: $2[0]) }),
      Route("POST", "\(calls)/{}:terminate", .calls { try $0.terminateCall($1, id: $2[0]) }),
      Route(
        "GET", "\(calls)/{}/participants",
        .calls { core, exchange, ids in try core.callParticipants(exchange, id: ids[0]) }),
      Route(
        "POST", "\(calls)/{}/participants:mute", .calls { try $0.muteParticipant($1, id: $2[0]) }),
    ]
  }
}
