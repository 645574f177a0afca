public import ACSAuth
public import ACSTypes
import ACSWire
public import Services
import Synchronization

/// Sends requests in a signed-in user's name.
///
/// After a 401 the token is renewed and the request sent once more; the credential bounds how often that happens in a
/// row. The first request with each token is a step of the token flow; where it failed, the first one that works is, too.
public final class AuthorisedExchange: ServiceExchange {
  private struct Shown {
    var token: Secret?
    var hasSucceeded = false
  }

  private let exchange: any HTTPExchange
  private let credential: UserTokenCredential
  private let clock: any WallClock
  private let flow: TokenFlow?
  private let shown = Mutex(Shown())

  /// Requests over `exchange` with the tokens of `credential`.
  ///
  /// - Parameters:
  ///   - exchange: Carries the requests.
  ///   - credential: Gives the tokens.
  ///   - clock: Times the steps of the token flow.
  ///   - flow: Is told the first requests; `nil` for a service that is no part of the token flow.
  public init(
    exchange: any HTTPExchange, credential: UserTokenCredential, clock: any WallClock,
    flow: TokenFlow?
  ) {
    self.exchange = exchange
    self.credential = credential
    self.clock = clock
    self.flow = flow
  }

  /// Sends `request`, at most twice.
  public func send(_ request: HTTPRequest, during action: String) async throws -> HTTPResponse {
    do {
      let token = try await credential.token()
      var response = try await send(request, token)
      if response.status == 401 {
        let refusal = ServiceError(response, during: action)
        response = try await send(request, try await self.token(insteadOf: token, after: refusal))
      }
      guard response.isSuccess else { throw ServiceError(response, during: action) }
      return response
    } catch {
      throw ServiceError(error, during: action)
    }
  }

  /// A token after a 401; the service's own words say more than that renewing does not help.
  private func token(insteadOf token: Secret, after refusal: ServiceError) async throws -> Secret {
    do {
      return try await credential.token(insteadOf: token)
    } catch let error as ServiceError where error.isAuthFailure && error.status == 401 {
      var refusal = refusal
      refusal.code = error.code
      refusal.message += " \(error.message)"
      throw refusal
    }
  }

  private func send(_ request: HTTPRequest, _ token: Secret) async throws -> HTTPResponse {
    var authorised = request
    authorised.headers["Authorization"] = "Bearer \(token.reveal())"
    let startedOn = clock.now
    let isFirst = shown.withLock { shown in
      defer { if shown.token != token { shown = Shown(token: token) } }
      return shown.token != token
    }
    let step = isFirst ? begin(request, startedOn: startedOn) : nil
    do {
      let response = try await exchange.exchange(authorised)
      if response.status != 401 { credential.accepted(token) }
      end(step, of: request, token: token, startedOn: startedOn, response)
      return response
    } catch {
      if let step {
        let failure = ServiceError(error, during: "sending the request")
        flow?.end(step, status: failure.status, outcome: .failed(failure.message))
      }
      throw error
    }
  }

  private func begin(_ request: HTTPRequest, startedOn: Timestamp) -> TokenFlowStep? {
    flow?.begin(
      .authorisedRequest, "\(request.method) \(request.origin)\(request.path)",
      details: ["authorization  Bearer <redacted>"], startedOn: startedOn)
  }

  private func end(
    _ step: TokenFlowStep?, of request: HTTPRequest, token: Secret, startedOn: Timestamp,
    _ response: HTTPResponse
  ) {
    guard let flow else { return }
    let isFirstSuccess = shown.withLock { shown in
      guard response.isSuccess, shown.token == token, !shown.hasSucceeded else { return false }
      shown.hasSucceeded = true
      return true
    }
    guard let step = step ?? (isFirstSuccess ? begin(request, startedOn: startedOn) : nil)
    else { return }
    let outcome: TokenFlowStep.Outcome =
      response.isSuccess
      ? .succeeded : .failed(ServiceError(response, during: "sending the request").message)
    flow.end(step, status: response.status, outcome: outcome)
  }
}
