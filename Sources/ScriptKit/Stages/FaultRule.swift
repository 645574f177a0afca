public import ACSTypes

/// Something that goes wrong because a script wants it: with whose requests, with which of them, how, and for how long.
public struct FaultRule: Hashable, Sendable {
  /// Which service's requests it is for.
  public enum Target: String, Hashable, Sendable, CaseIterable {
    /// Those for tokens, and to the directory of people.
    case tokenService = "token-service"
    /// Those to Chat, but for its events.
    case chat
    /// The channel over which events come: its requests and its sockets.
    case events
    /// All of them.
    case network
  }

  /// What goes wrong.
  public enum Effect: Hashable, Sendable {
    /// Somebody on the way answers with a status, and asks to wait.
    case answers(status: Int, retryAfter: Duration?)
    /// Nobody answers the call.
    case isDown
    /// The request arrives so much later.
    case isSlow(Duration)
    /// The request never arrives, and nothing tells so.
    case losesRequests
    /// The request is done, and its answer never comes.
    case losesAnswers
    /// The connection breaks after the request was done.
    case resets
    /// The request arrives twice.
    case duplicates
    /// Sockets stay open, and nothing comes over them.
    case fallsSilent
    /// Somebody on the way gives the first good answer again that such a request ever had.
    case repeatsOldAnswers
  }

  /// Which requests.
  public var target: Target
  /// What goes wrong.
  public var effect: Effect
  /// Whose requests; everybody's for none.
  public var people: [String] = []
  /// Only requests of this method.
  public var method: String?
  /// Only requests whose path looks like this, with `*` for any text.
  public var path: Glob?
  /// How many more; `nil` for any number.
  public var remaining: Int?
  /// How long it lasts from when the script says so; `nil` for no such end.
  public var length: Duration?
  /// When it ends; `nil` for when the script says so.
  public var until: Timestamp?

  /// A fault.
  public init(_ target: Target, _ effect: Effect) {
    self.target = target
    self.effect = effect
  }

  /// True when it is for a request of `person`.
  public func strikes(_ request: HTTPRequest, of person: String, at now: Timestamp) -> Bool {
    guard people.isEmpty || people.contains(person), until.map({ now < $0 }) ?? true,
      remaining != 0, method.map({ $0 == request.method }) ?? true,
      path.map({ $0.matches(String(request.path)) }) ?? true
    else { return false }
    return target == .network || target == FaultRule.target(of: request)
  }

  /// Which service a request is for.
  public static func target(of request: HTTPRequest) -> Target {
    let path = request.path
    if path.hasPrefix("/token") || path.hasPrefix("/users") { return .tokenService }
    let isEvents =
      ["/v4/", "/socket.io/", "/registrar/"].contains { path.hasPrefix($0) }
      || path.hasPrefix("/chat/config/realTimeNotifications")
    return isEvents ? .events : .chat
  }
}

extension FaultRule.Effect {
  /// True when no socket can be opened meanwhile, and those that are open break.
  public var keepsSocketsShut: Bool {
    switch self {
    case .answers, .isDown, .losesRequests, .losesAnswers, .resets: true
    case .isSlow, .duplicates, .fallsSilent, .repeatsOldAnswers: false
    }
  }
}

extension [FaultRule] {
  /// What goes wrong with a request, or `nil`.
  ///
  /// A fault that strikes only some times has one less left.
  public mutating func strike(
    _ request: HTTPRequest, of person: String, at now: Timestamp
  ) -> FaultRule.Effect? {
    guard let index = lastIndex(where: { $0.strikes(request, of: person, at: now) }) else {
      return nil
    }
    if let remaining = self[index].remaining { self[index].remaining = remaining - 1 }
    return self[index].effect
  }
}
