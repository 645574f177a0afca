import ACSTypes
import Services
import Synchronization

/// The way that every request takes: which route, under which name, from which page, by whom, how often.
final class Gate: Sendable {
  private let addresses: TrustedService.Addresses
  private let rules: Mutex<ServiceRules>
  private let router: Router
  private let authentication: CallerAuthentication
  private let metrics: Metrics
  private let meter = RateMeter()
  private let clock: any WallClock
  private let random: any RandomSource

  init(
    addresses: TrustedService.Addresses, rules: ServiceRules, router: Router,
    authentication: CallerAuthentication, metrics: Metrics, clock: any WallClock,
    random: any RandomSource
  ) {
    self.addresses = addresses
    self.rules = Mutex(rules)
    self.router = router
    self.authentication = authentication
    self.metrics = metrics
    self.clock = clock
    self.random = random
  }

  func replaceRules(by rules: ServiceRules) {
    self.rules.withLock { $0 = rules }
  }

  /// Answers a request, whatever comes of it.
  func pass(
    _ request: HTTPRequest, from peer: String
  ) async -> (TrustedReply, RequestRecord) {
    let rules = self.rules.withLock { $0 }
    let peer = NetworkAddress(peer) ?? .unknown
    let client = rules.proxies.client(of: request, from: peer)
    var visit = Visit(
      request: request, rules: rules, peer: peer, client: client,
      record: RequestRecord(
        id: requestID(), method: Gate.known.contains(request.method) ? request.method : "OTHER",
        route: "other", status: 0, client: client.text))
    var form = Route.Form.envelope
    let reply: TrustedReply
    do {
      reply = try await self.reply(to: &visit, &form)
    } catch {
      let problem = self.problem(error)
      visit.record.problem = problem.code
      reply = .response(form == .sample ? problem.sampleResponse : problem.response)
    }
    guard case .response(var response) = reply else {
      visit.record.status = 101
      return (reply, visit.record)
    }
    response = rules.origins.open(response, to: request.headers["Origin"])
    response.headers["X-Request-ID"] = visit.record.id
    visit.record.status = response.status
    return (.response(response), visit.record)
  }

  /// A request with what was found out about it so far.
  private struct Visit {
    let request: HTTPRequest
    let rules: ServiceRules
    let peer: NetworkAddress
    let client: NetworkAddress
    var record: RequestRecord
  }

  private static let known: Set<String> = ["GET", "POST", "DELETE", "HEAD", "OPTIONS"]

  private func reply(to visit: inout Visit, _ form: inout Route.Form) async throws -> TrustedReply {
    let request = visit.request
    let segments = try segments(of: request)
    let match = router.match(request.method, segments)
    var access: Route.Access?
    switch match {
    case .route(let route, _):
      access = route.access
      form = route.form
      visit.record.route = route.path
    case .otherMethod(let path, _): visit.record.route = path
    case .nothing: break
    }
    let isWebhook = access == .events || access == .callbacks
    // Whoever watches over the service asks it under whatever address it has.
    if access != .watchers || !visit.rules.callers.isClosed {
      try HostRule.check(
        request, rules: visit.rules, publicURL: addresses.publicURL, isWebhook: isWebhook)
    }
    if let methods = router.methods(segments),
      let answer = visit.rules.origins.preflight(request, methods: methods)
    {
      return .response(answer)
    }
    guard case .route(let route, let parameters) = match else { throw missing(match) }
    let caller = try await admit(&visit, route.access)
    return try await route.respond(
      RouteCall(
        request: request, parameters: parameters, caller: caller, rules: visit.rules,
        peer: visit.peer))
  }

  private func segments(of request: HTTPRequest) throws -> [String] {
    try request.path.split(separator: "/").map { segment in
      guard let text = segment.percentDecoded else {
        throw RequestProblem.badRequest("The path cannot be read.")
      }
      return text
    }
  }

  // MARK: - By whom, and how often

  /// Lets the request in if it may come in, and finds out whose it is where that matters.
  private func admit(_ visit: inout Visit, _ access: Route.Access) async throws -> Caller {
    let rules = visit.rules
    switch access {
    case .watchers, .callbacks:
      return .nobody(Allowance())
    case .everybody, .terminals:
      try spend(visit.client.household, rules.addressLimit, "address")
      return .nobody(Allowance())
    case .events:
      guard authentication.mayPostEvents(visit.request, by: rules.callers) else {
        try spend(visit.client.household, rules.addressLimit, "address")
        throw RequestProblem.unauthenticated(
          "Events want a key: POST /events?key=…, made by `confab serve key add NAME --events`.")
      }
      return .nobody(Allowance())
    case .callers:
      let caller = try await proved(visit)
      visit.record.caller = caller.label
      guard caller.reach != .nobody else {
        throw RequestProblem.forbidden(
          "CallerNotAllowed", "This key is for posting events and nothing else.")
      }
      if case .whoeverIsNamed = caller.reach {
        try spend(visit.client.household, rules.addressLimit, "address")
      } else {
        try spend(caller.account, caller.allowance.rate ?? rules.callerLimit, "caller")
      }
      return caller
    }
  }

  /// Who asks; a failure counts against the address, so that nobody can try keys as fast as they like.
  private func proved(_ visit: Visit) async throws -> Caller {
    do {
      return try await authentication.caller(of: visit.request, by: visit.rules.callers)
    } catch let problem as RequestProblem where problem.status == 401 {
      try spend(visit.client.household, visit.rules.addressLimit, "address")
      throw problem
    }
  }

  private func spend(_ account: String, _ limit: RateLimit?, _ what: String) throws {
    guard let limit, let wait = meter.take("\(what) \(account)", limit, now: clock.now) else {
      return
    }
    metrics.limited(by: what)
    throw RequestProblem(
      status: 429, code: "TooManyRequests",
      message: "This \(what) asks too often; wait, and ask again.", retryAfter: wait)
  }

  // MARK: - What goes wrong

  private func missing(_ match: Router.Match) -> RequestProblem {
    guard case .otherMethod(let path, let methods) = match else {
      return RequestProblem(
        status: 404, code: "NotFound",
        message: "There is \(router.paths.joined(separator: ", ")).")
    }
    return RequestProblem(
      status: 405, code: "MethodNotAllowed",
      message: "\(path) takes \(methods.joined(separator: " or ")).", allowed: methods)
  }

  private func problem(_ error: any Error) -> RequestProblem {
    switch error {
    case let problem as RequestProblem: return problem
    case let error as ServiceError:
      metrics.serviceFailed(error.code.rawValue)
      return RequestProblem(error, endpoint: addresses.endpoint)
    case let error as StoreError:
      return RequestProblem(
        status: 500, code: "StoreFailed", message: "The users cannot be kept: \(error.message)")
    default:
      return RequestProblem(
        status: 500, code: "InternalError", message: "The request failed in an unexpected way.")
    }
  }

  private func requestID() -> String {
    let digits = String(random.next(), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
