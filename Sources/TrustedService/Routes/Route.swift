import ACSTypes

/// One thing that the service does, and under which path.
struct Route: Sendable {
  /// Who may use it.
  enum Access: Sendable {
    /// Everybody, counted by address.
    case everybody
    /// Whatever watches over the service; not counted, for a watcher must not be refused.
    case watchers
    /// Callers who prove who they are.
    case callers
    /// Terminals, which prove themselves by their user access tokens.
    case terminals
    /// Event Grid, with a key for it where callers prove themselves.
    case events
    /// Call Automation, at a path that nobody can guess.
    case callbacks
  }

  /// How errors are told.
  enum Form: Sendable {
    /// `{"error":{"code":…,"message":…}}`.
    case envelope
    /// `{"code":404,"message":…}`, as the sample whose path this is has it.
    case sample
  }

  /// `GET`, `POST` or `DELETE`.
  let method: String
  /// The path's pattern, `/refreshToken/{userId}`.
  let path: String
  let access: Access
  let form: Form
  let respond: @Sendable (RouteCall) async throws -> TrustedReply

  /// A route that answers.
  init(
    _ method: String, _ path: String, _ access: Access, form: Form = .envelope,
    _ respond: @escaping @Sendable (RouteCall) async throws -> HTTPResponse
  ) {
    self.init(method, path, access, form: form, replying: { .response(try await respond($0)) })
  }

  /// A route that may become a WebSocket.
  init(
    _ method: String, _ path: String, _ access: Access, form: Form = .envelope,
    replying respond: @escaping @Sendable (RouteCall) async throws -> TrustedReply
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.form = form
    self.respond = respond
  }
}

/// A request on its way into a route.
struct RouteCall: Sendable {
  let request: HTTPRequest
  /// What stands for the parts of the path in braces, decoded.
  let parameters: [String]
  /// Who asks; nobody where the route does not want to know.
  let caller: Caller
  /// The rules as they were when the request came.
  let rules: ServiceRules
  /// Who is at the other end of the connection.
  let peer: NetworkAddress

  /// The request's query.
  var query: QueryItems {
    get throws(RequestProblem) { try QueryItems(request.query) }
  }

  /// The user whom the query names, if any.
  func namedUser() throws(RequestProblem) -> CallerName? {
    guard let text = try query["user"] else { return nil }
    return try CallerName(text, member: "user")
  }
}
