import ACSClient
public import ACSTypes
import ACSWire
public import Services
import Synchronization

/// The trusted user access service: hands out user access tokens, knows who is who, and steers calls.
///
/// It knows the network only as `HTTPExchange` and sockets only as `MessageSocket`; its program joins it to a server.
public final class TrustedService: Sendable {
  /// Where things are.
  public struct Addresses: Hashable, Sendable {
    /// The ACS endpoint, without a trailing slash.
    public var endpoint: String
    /// Where ACS reaches this service, without a trailing slash.
    public var publicURL: String

    /// Addresses.
    public init(endpoint: String, publicURL: String) {
      self.endpoint = endpoint
      self.publicURL = publicURL
    }
  }

  private let addresses: Addresses
  private let issuer: TokenIssuer
  private let search: UserSearch
  private let gateway: Gateway

  /// A service over a store of users.
  ///
  /// - Parameters:
  ///   - addresses: Where ACS is, and where this service is for ACS.
  ///   - users: Who is known.
  ///   - exchange: Brings requests to ACS.
  ///   - authoriser: Signs them with the access key.
  ///   - clock: The time.
  ///   - random: Ids that are not to be guessed.
  public init(
    addresses: Addresses, users: UserStore, exchange: any HTTPExchange,
    authoriser: any RequestAuthoriser, clock: any WallClock, random: any RandomSource
  ) {
    self.addresses = addresses
    let identities = IdentityClient(
      endpoint: addresses.endpoint, exchange: exchange, authoriser: authoriser)
    issuer = TokenIssuer(identities: identities, users: users, clock: clock)
    search = UserSearch(users: users)
    let calls = CallAutomationClient(
      endpoint: addresses.endpoint, exchange: exchange, authoriser: authoriser, clock: clock)
    gateway = Gateway(
      calls: calls, users: users, publicURL: addresses.publicURL,
      guests: GatewayGuests(endpoint: addresses.endpoint, exchange: exchange, clock: clock),
      clock: clock, random: random)
  }

  /// Answers a request, or takes a socket for the gateway.
  public func respond(to request: HTTPRequest) async -> TrustedReply {
    do {
      return try await reply(to: request)
    } catch let problem as RequestProblem {
      return .response(problem.response)
    } catch let error as ServiceError {
      return .response(RequestProblem(error, endpoint: addresses.endpoint).response)
    } catch let error as StoreError {
      let problem = RequestProblem(
        status: 500, code: "StoreFailed", message: "The users cannot be kept: \(error.message)")
      return .response(problem.response)
    } catch {
      let problem = RequestProblem(
        status: 500, code: "InternalError", message: "The request failed in an unexpected way.")
      return .response(problem.response)
    }
  }

  /// When ``tick()`` has something to do next; `nil` when nothing waits for the time.
  public var nextDeadline: Timestamp? { gateway.nextDeadline }

  /// Does what is due: ends calls that nobody answered or whose terminals stay away.
  public func tick() async {
    await gateway.tick()
  }

  /// Leaves all calls, because the service stops.
  public func stop() async {
    await gateway.stop()
  }

  private func reply(to request: HTTPRequest) async throws -> TrustedReply {
    let segments = try request.path.split(separator: "/").map { segment in
      guard let text = segment.percentDecoded else {
        throw RequestProblem.badRequest("The path cannot be read.")
      }
      return text
    }
    let isWebhook = ["events", "callbacks"].contains(segments.first)
    try HostRule.check(request, publicURL: addresses.publicURL, isWebhook: isWebhook)
    switch (request.method, segments.first, segments.count) {
    case ("GET", "token", 1): return .response(try await issuer.get(request))
    case ("POST", "token", 1): return .response(try await issuer.post(request))
    case ("POST", "refreshToken", 2):
      return .response(try await issuer.renew(segments[1], request))
    case ("GET", "users", 1): return .response(try search.get(request))
    case ("GET", "healthz", 1): return .response(.json(["status": "ok"]))
    case ("POST", "events", 1): return .response(try await gateway.events(request))
    case ("POST", "callbacks", 2):
      return .response(try await gateway.callback(segments[1], request))
    case ("GET", "gateway", 1): return .gateway(try await gateway.socket(request))
    case (_, let name?, _) where Self.paths[name] != nil:
      throw RequestProblem(
        status: 405, code: "MethodNotAllowed",
        message: "/\(name) takes \(Self.paths[name] ?? "").")
    default:
      throw RequestProblem(
        status: 404, code: "NotFound",
        message: "There is \(Self.paths.keys.sorted().map { "/\($0)" }.joined(separator: ", ")).")
    }
  }

  private static let paths = [
    "token": "GET or POST", "refreshToken": "POST /refreshToken/{userId}", "users": "GET",
    "healthz": "GET", "events": "POST", "callbacks": "POST", "gateway": "GET with an upgrade",
  ]
}

/// What comes of a request.
public enum TrustedReply: Sendable {
  /// An answer.
  case response(HTTPResponse)
  /// The request is to become a WebSocket; the closure owns it until it returns.
  case gateway(@Sendable (any MessageSocket) async -> Void)
}
