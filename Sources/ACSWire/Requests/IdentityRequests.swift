public import ACSTypes

/// The requests of Identity (WIRE 3), without their authorisation.
public struct IdentityRequests: Hashable, Sendable {
  private let builder: RequestBuilder

  /// Requests to the resource at `endpoint`.
  public init(endpoint: String, apiVersion: String = "2023-10-01") {
    builder = RequestBuilder(endpoint: endpoint, apiVersion: apiVersion)
  }

  /// Creates an identity and, with scopes, its first token; answered with ``CommunicationIdentityAccessTokenResult``.
  ///
  /// What asks for nothing has no body, as Microsoft's own clients send it.
  public func create(scopes: [TokenScope]? = nil, expiresInMinutes: Int? = nil) -> HTTPRequest {
    guard scopes != nil || expiresInMinutes != nil else {
      return builder.request("POST", "/identities")
    }
    return builder.request(
      "POST", "/identities",
      body: CreateIdentityRequest(
        createTokenWithScopes: scopes?.map(\.rawValue), expiresInMinutes: expiresInMinutes))
  }

  /// Issues a token; answered with ``AccessTokenModel``.
  public func issueToken(
    for identity: CommunicationIdentifier, scopes: [TokenScope], expiresInMinutes: Int? = nil
  ) -> HTTPRequest {
    builder.request(
      "POST", "\(path(identity))/:issueAccessToken",
      body: IssueAccessTokenRequest(
        scopes: scopes.map(\.rawValue), expiresInMinutes: expiresInMinutes))
  }

  /// Makes every token that was issued before now invalid; answered with 204.
  public func revokeTokens(of identity: CommunicationIdentifier) -> HTTPRequest {
    builder.request("POST", "\(path(identity))/:revokeAccessTokens")
  }

  /// Deletes an identity; answered with 204.
  public func delete(_ identity: CommunicationIdentifier) -> HTTPRequest {
    builder.request("DELETE", path(identity))
  }

  /// Exchanges a Teams user's Entra token for one of ACS; answered with ``AccessTokenModel``.
  public func exchangeTeamsToken(
    _ token: Secret, appID: String, userID: String
  ) -> HTTPRequest {
    builder.request(
      "POST", "/teamsUser/:exchangeAccessToken",
      body: ExchangeTeamsTokenRequest(token: token, appId: appID, userId: userID))
  }

  private func path(_ identity: CommunicationIdentifier) -> String {
    "/identities/\(identity.rawID.percentEncoded)"
  }
}
