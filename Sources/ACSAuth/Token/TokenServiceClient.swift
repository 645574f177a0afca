public import ACSTypes
import ACSWire
public import Services

/// Asks a token service for a user access token and understands every answer that is known of such services (WIRE 9).
public struct TokenServiceClient: Sendable {
  private let requests: TokenServiceRequests
  private let reader: TokenServiceReader
  private let exchange: any HTTPExchange
  private let flow: TokenFlow
  private let sent: [String]

  /// A client of the token service that `settings` describe.
  ///
  /// - Throws: `ServiceError` with code `.badSettings`.
  public init(
    settings: TokenServiceSettings, exchange: any HTTPExchange, flow: TokenFlow
  ) throws {
    requests = try TokenServiceRequests(settings)
    reader = TokenServiceReader(
      shownURL: requests.shownURL, secrets: settings.headers.map(\.value))
    self.exchange = exchange
    self.flow = flow
    sent = TokenServiceClient.details(settings)
  }

  /// Asks for a token; nothing is retried.
  ///
  /// - Parameter identity: Whose next token is wanted, where the settings have an address for that; a service that
  ///   does not know them, or has no such address, is asked as for the first token. `nil` for the first.
  /// - Returns: A token, expired ones included.
  /// - Throws: `ServiceError` whose message says what the token service did wrong; never with a secret.
  public func fetch(renewing identity: CommunicationIdentifier? = nil) async throws
    -> UserAccessToken
  {
    if let identity, let request = try requests.refresh(identity) {
      let (step, response) = try await send(request, details: ["identity  \(identity.rawID)"])
      guard [404, 405].contains(response.status) else { return try read(response, after: step) }
      flow.end(
        step, status: response.status,
        outcome: .failed("The address does not know the user; asking as for the first token."))
    }
    let (step, response) = try await send(requests.token, details: sent)
    return try read(response, after: step)
  }

  /// Sends a request; the step stays open, as its outcome depends on the status.
  private func send(
    _ request: HTTPRequest, details: [String]
  ) async throws -> (TokenFlowStep, HTTPResponse) {
    let url = HTTPAddress(request.origin + request.target)?.withoutQuery ?? request.origin
    let step = flow.begin(.request, "\(request.method) \(url)", details: details)
    do {
      return (step, try await exchange.exchange(request))
    } catch {
      let failure = reader.cleaned(
        ServiceError(error, during: "asking the token service at \(url)"))
      flow.end(step, status: failure.status, outcome: .failed(failure.message))
      throw failure
    }
  }

  private func read(
    _ response: HTTPResponse, after step: TokenFlowStep
  ) throws -> UserAccessToken {
    if let failure = reader.failure(of: response) {
      flow.end(step, status: response.status, outcome: .failed(failure.message))
      throw failure
    }
    flow.end(step, status: response.status)
    let reading = flow.begin(.answer, "Read the answer, \(response.body.count) bytes")
    do {
      let token = try reader.token(in: response)
      flow.end(
        reading,
        details: [
          "token  \(token.token.reveal().count) characters",
          "expires  \(token.expiresOn.iso8601)",
          "user  \(token.identity.rawID)",
        ])
      return token
    } catch {
      let failure = ServiceError(error, during: "reading the token service's answer")
      flow.end(reading, outcome: .failed(failure.message))
      throw failure
    }
  }

  /// What is sent, for the token flow: names of header fields without their values.
  private static func details(_ settings: TokenServiceSettings) -> [String] {
    var details: [String] = []
    if !settings.userName.isEmpty { details.append("user  \(settings.userName)") }
    if !settings.scopes.isEmpty {
      details.append("scope  \(settings.scopes.map(\.rawValue).joined(separator: ","))")
    }
    return details + settings.headers.map { "header  \($0.name): \($0.value)" }
  }
}
