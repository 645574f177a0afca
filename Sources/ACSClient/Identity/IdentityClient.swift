import ACSAuth
public import ACSTypes
import ACSWire
public import Services

/// The Identity service as a trusted service uses it (WIRE 3).
///
/// Every operation throws `ServiceError`.
public struct IdentityClient: Sendable {
  private let requests: IdentityRequests
  private let exchange: any ServiceExchange

  /// Identities of the resource at `endpoint`; without an `apiVersion`, by the newest version known.
  public init(
    endpoint: String, apiVersion: String? = nil, exchange: any HTTPExchange,
    authoriser: any RequestAuthoriser
  ) {
    requests =
      apiVersion.map { IdentityRequests(endpoint: endpoint, apiVersion: $0) }
      ?? IdentityRequests(endpoint: endpoint)
    self.exchange = SignedExchange(exchange: exchange, authoriser: authoriser)
  }

  /// Creates an identity.
  public func createIdentity() async throws -> CommunicationIdentifier {
    let result: CommunicationIdentityAccessTokenResult = try await exchange.answer(
      to: requests.create(), during: "creating an identity")
    return CommunicationIdentifier(rawID: result.identity.id)
  }

  /// Creates an identity together with its first token.
  ///
  /// - Parameters:
  ///   - scopes: At least one.
  ///   - lifetimeInMinutes: 60–1440; `nil` leaves it to the service, which takes 1440.
  /// - Returns: The token; its `identity` is the new one.
  /// - Throws: `ServiceError` with code `.refused` for parameters that the service does not take.
  public func createIdentity(
    scopes: [TokenScope], lifetimeInMinutes: Int? = nil
  ) async throws -> UserAccessToken {
    let action = "creating an identity with a token"
    let result: CommunicationIdentityAccessTokenResult = try await exchange.answer(
      to: requests.create(scopes: scopes, expiresInMinutes: lifetimeInMinutes), during: action)
    guard let token = result.accessToken else {
      throw ServiceError(.badAnswer, "Failed \(action): the answer has no token.")
    }
    return UserAccessToken(token, of: CommunicationIdentifier(rawID: result.identity.id))
  }

  /// Issues a token for an identity of the resource; the parameters are as for a new identity.
  public func issueToken(
    for identity: CommunicationIdentifier, scopes: [TokenScope], lifetimeInMinutes: Int? = nil
  ) async throws -> UserAccessToken {
    let request = requests.issueToken(
      for: identity, scopes: scopes, expiresInMinutes: lifetimeInMinutes)
    let token: AccessTokenModel = try await exchange.answer(
      to: request, during: "issuing a token")
    return UserAccessToken(token, of: identity)
  }

  /// Makes every token that was issued before now invalid.
  public func revokeTokens(of identity: CommunicationIdentifier) async throws {
    _ = try await exchange.send(
      requests.revokeTokens(of: identity), during: "revoking the tokens")
  }

  /// Deletes an identity with its tokens; it cannot be had back.
  public func delete(_ identity: CommunicationIdentifier) async throws {
    _ = try await exchange.send(requests.delete(identity), during: "deleting the identity")
  }

  /// Exchanges a Teams user's Entra token for one of ACS.
  ///
  /// - Parameters:
  ///   - token: The user's token, got for the ACS scopes `Teams.ManageCalls` and `Teams.ManageChats`.
  ///   - appID: The client id of the Entra application that got it.
  ///   - userID: The user's object id in Entra.
  /// - Returns: A token of the Teams user, `8:orgid:…`.
  /// - Throws: `ServiceError` with code `.unauthenticated` and the service's `InvalidAccessToken` for a token that it
  ///   does not take, `.refused` for malformed ids.
  public func exchangeTeamsToken(
    _ token: Secret, appID: String, userID: String
  ) async throws -> UserAccessToken {
    let model: AccessTokenModel = try await exchange.answer(
      to: requests.exchangeTeamsToken(token, appID: appID, userID: userID),
      during: "exchanging a Teams user's token")
    return UserAccessToken(model, of: CommunicationIdentifier(rawID: "8:orgid:\(userID)"))
  }
}

extension UserAccessToken {
  fileprivate init(_ model: AccessTokenModel, of identity: CommunicationIdentifier) {
    self.init(
      token: model.token, expiresOn: model.expiresOn.moment, identity: identity,
      claims: try? TokenClaims(jwt: model.token))
  }
}
