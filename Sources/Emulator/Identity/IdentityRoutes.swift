extension Router {
  /// The operations of Identity (WIRE 3).
  static var identityRoutes: [Route] {
    [
      Route(
        "POST", "/identities", .service { core, exchange, _ in try core.createIdentity(exchange) }),
      Route("DELETE", "/identities/{}", .service { try $0.deleteIdentity($1, id: $2[0]) }),
      Route(
        "POST", "/identities/{}/:issueAccessToken",
        .service { try $0.issueAccessToken($1, id: $2[0]) }),
      Route(
        "POST", "/identities/{}/:revokeAccessTokens",
        .service { try $0.revokeAccessTokens($1, id: $2[0]) }),
      Route(
        "POST", "/teamsUser/:exchangeAccessToken",
        .service { core, exchange, _ in try core.exchangeTeamsToken(exchange) }),
    ]
  }
}
