public import ACSTypes
import ACSWire
public import Services

/// Asks a token service for a user access token and understands every answer that is known of such services (WIRE 9).
public struct TokenServiceClient: TokenSource {
  /// Always true.
  public let isRenewable = true

  private let settings: TokenServiceSettings
  private let login: (any TokenServiceLogin)?
  private let requests: TokenServiceRequests
  private let reader: TokenServiceReader
  private let secrets: SecretReader?
  private let exchange: any HTTPExchange
  private let flow: TokenFlow
  private let sent: [String]

  /// A client of the token service that `settings` describe.
  ///
  /// - Parameters:
  ///   - settings: Where and how to ask.
  ///   - login: Proves who the user is; `nil` for a service that asks for no proof, or for one in the settings' headers.
  ///   - secrets: Reads header fields from elsewhere; `nil` when all are given.
  ///   - exchange: Carries the requests.
  ///   - flow: Is told each step.
  /// - Throws: `ServiceError` with code `.badSettings`.
  public init(
    settings: TokenServiceSettings, login: (any TokenServiceLogin)? = nil,
    secrets: SecretReader? = nil, exchange: any HTTPExchange, flow: TokenFlow
  ) throws {
    self.settings = settings
    self.login = login
    self.secrets = secrets
    requests = try TokenServiceRequests(settings)
    reader = TokenServiceReader(shownURL: requests.shownURL, login: login?.words)
    self.exchange = exchange
    self.flow = flow
    sent = TokenServiceClient.details(settings)
  }

  /// Asks for a token.
  ///
  /// A token service that does not take the proof of a login is asked once more with another one, where there is one.
  ///
  /// - Parameters:
  ///   - identity: Whose next token is wanted, where the settings have an address for that; a service that does not know
  ///     them, or has no such address, is asked as for the first token. `nil` for the first.
  ///   - mayPrompt: Whether the login may ask somebody to do something.
  /// - Returns: A token, expired ones included.
  /// - Throws: `ServiceError` whose message says what the token service did wrong; never with a secret.
  public func fetch(
    renewing identity: CommunicationIdentifier? = nil, mayPrompt: Bool = true
  ) async throws -> UserAccessToken {
    let proof = try await login?.proof(mayPrompt: mayPrompt)
    do {
      return try await fetch(renewing: identity, proof)
    } catch let error as ServiceError where error.status == 401 {
      guard let login, let proof else { throw error }
      await login.refused(proof)
      let second = try await login.proof(mayPrompt: mayPrompt)
      guard second != proof else { throw error }
      return try await fetch(renewing: identity, second)
    }
  }

  private func fetch(
    renewing identity: CommunicationIdentifier?, _ proof: LoginProof?
  ) async throws -> UserAccessToken {
    let headers = try await headers() + (proof.map { [$0] } ?? [])
    var reader = reader
    reader.secrets = headers.map(\.value)
    if let identity, let request = try requests.refresh(identity, headers) {
      let (step, response) = try await send(
        request, details: ["identity  \(identity.rawID)"], reader)
      guard [404, 405].contains(response.status) else {
        return try read(response, after: step, reader)
      }
      flow.end(
        step, status: response.status,
        outcome: .failed("The address does not know the user; asking as for the first token."))
    }
    let details = sent + (proof.map { ["header  \($0.name): \($0.value)"] } ?? [])
    let (step, response) = try await send(
      requests.token(for: identity, headers), details: details, reader)
    return try read(response, after: step, reader)
  }

  /// The header fields of the settings with their values.
  private func headers() async throws -> [LoginProof] {
    var headers: [LoginProof] = []
    for header in settings.headers {
      if case .given(let value) = header.source {
        headers.append(LoginProof(name: header.name, value: value))
      } else {
        guard let secrets else { preconditionFailure("nobody reads \(header.source.words)") }
        headers.append(LoginProof(name: header.name, value: try await secrets.read(header.source)))
      }
    }
    return headers
  }

  /// Sends a request; the step stays open, as its outcome depends on the status.
  private func send(
    _ request: HTTPRequest, details: [String], _ reader: TokenServiceReader
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
    _ response: HTTPResponse, after step: TokenFlowStep, _ reader: TokenServiceReader
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
    return details + settings.headers.map { "header  \($0.name): <redacted>" }
  }
}
