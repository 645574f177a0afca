import ACSClient
import ACSTypes
import ACSWire
import ServiceAuth
import Services
import Synchronization
import TestKit
import Testing

/// The clients of Identity and SMS, made to do what a recorded client did, and answered as it was.
struct Replay {
  /// What the client understood of the answer.
  enum Outcome {
    case identity(CommunicationIdentifier)
    case token(UserAccessToken)
    case texts([SMSSendResult])
    case done
    case failure(ServiceError)
  }

  let recorded: RecordedExchange
  /// Whether the recorded client signed with an access key; else it had a token of Entra.
  let isSigned: Bool
  private let identities: IdentityClient
  private let sms: SMSClient
  private let service: RecordedService

  init(_ exchange: RecordedExchange) throws {
    recorded = exchange
    isSigned = exchange.requestHeaders["x-ms-content-sha256"] != nil
    service = RecordedService(exchange)
    // Recorded clients date what they send by the epoch, for the dates were replaced.
    let clock = ManualClock(.epoch)
    let authoriser: any RequestAuthoriser =
      isSigned
      ? HMACSigner(key: AccessKey(random: SeededRandom(seed: 1)), clock: clock)
      : BearerAuthoriser()
    // The sources for nock do not tell the version; it is the one that was new then.
    let version = exchange.parameter("api-version").map(String.init) ?? "2021-03-07"
    identities = IdentityClient(
      endpoint: "https://endpoint", apiVersion: version, exchange: service, authoriser: authoriser)
    sms = SMSClient(
      endpoint: "https://endpoint", apiVersion: version, exchange: service, authoriser: authoriser,
      clock: clock, random: SeededRandom(seed: 2))
  }

  /// What the client sent.
  var sent: HTTPRequest? { service.request }

  /// Lets the client do it.
  func run() async throws -> Outcome {
    do {
      return try await act()
    } catch let error as ServiceError {
      return .failure(error)
    }
  }

  private func act() async throws -> Outcome {
    let body = recorded.requestBody
    let steps = recorded.path.split(separator: "/").map(String.init)
    let identity = CommunicationIdentifier(
      rawID: steps.dropFirst().first?.percentDecoded ?? "")
    switch (recorded.method, steps.first, steps.last) {
    case ("POST", "identities", "identities"):
      guard !body.isEmpty else { return .identity(try await identities.createIdentity()) }
      let asked = try CreateIdentityRequest(bytes: body)
      return .token(
        try await identities.createIdentity(
          scopes: (asked.createTokenWithScopes ?? []).map(TokenScope.init),
          lifetimeInMinutes: asked.expiresInMinutes))
    case ("POST", "identities", ":issueAccessToken"):
      let asked = try IssueAccessTokenRequest(bytes: body)
      return .token(
        try await identities.issueToken(
          for: identity, scopes: asked.scopes.map(TokenScope.init),
          lifetimeInMinutes: asked.expiresInMinutes))
    case ("POST", "identities", ":revokeAccessTokens"):
      try await identities.revokeTokens(of: identity)
      return .done
    case ("DELETE", "identities", _):
      try await identities.delete(identity)
      return .done
    case ("POST", "teamsUser", ":exchangeAccessToken"):
      let asked = try ExchangeTeamsTokenRequest(bytes: body)
      return .token(
        try await identities.exchangeTeamsToken(
          asked.token, appID: asked.appId, userID: asked.userId))
    case ("POST", "sms", "sms"):
      let asked = try SMSSendRequest(bytes: body)
      return .texts(
        try await sms.send(
          asked.message, from: asked.from, to: asked.recipients.map(\.to),
          options: try #require(asked.options)))
    default:
      throw Recordings.Unreadable(
        description: "\(recorded.file): nothing does \(recorded.method) \(recorded.path)")
    }
  }
}

/// Answers one request as it was recorded, and keeps what came.
private final class RecordedService: HTTPExchange {
  private let recorded: RecordedExchange
  private let requests = Mutex<[HTTPRequest]>([])

  init(_ recorded: RecordedExchange) {
    self.recorded = recorded
  }

  var request: HTTPRequest? {
    requests.withLock { $0.count == 1 ? $0.first : nil }
  }

  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    requests.withLock { $0.append(request) }
    return HTTPResponse(status: recorded.status, body: recorded.body)
  }
}

/// Authorises as a managed identity does, without Entra.
private struct BearerAuthoriser: RequestAuthoriser {
  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
    var authorised = request
    authorised.headers["Authorization"] = "Bearer sanitized"
    return authorised
  }
}
