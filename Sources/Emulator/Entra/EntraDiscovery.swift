import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// `GET /entra/{tenant}/v2.0/.well-known/openid-configuration`.
  ///
  /// The issuer is always the same, as it stands in the tokens; the other addresses are those of the request, so that
  /// they are reached by whoever asks.
  func openIDConfiguration(_ exchange: Exchange, tenant: String) -> HTTPResponse {
    let base = "\(exchange.request.origin)/entra/\(tenant)"
    return .json(
      [
        "token_endpoint": .string("\(base)/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": [
          "client_secret_post", "private_key_jwt", "client_secret_basic",
        ], "jwks_uri": .string("\(base)/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": .string(entra.issuer),
        "authorization_endpoint": .string("\(base)/oauth2/v2.0/authorize"),
        "device_authorization_endpoint": .string("\(base)/oauth2/v2.0/devicecode"),
        "claims_supported": [
          "sub", "iss", "aud", "exp", "iat", "nbf", "oid", "tid", "ver", "name",
          "preferred_username",
        ],
      ] as JSONValue)
  }

  /// `GET /entra/{tenant}/discovery/v2.0/keys`: what proves Entra's tokens.
  mutating func entraKeys() throws -> HTTPResponse {
    .json(["keys": [try entra.signingKey(store).publicKey]] as JSONValue)
  }

  /// `GET /.well-known/keys`: what proves user access tokens; the emulator's own, ACS publishes none.
  func userTokenKeys() -> HTTPResponse {
    .json(["keys": [resource.tokenKey.publicKey]] as JSONValue)
  }

  /// `GET /common/discovery/instance`: which hosts are one cloud; here it is always the one that was asked.
  func instanceDiscovery(_ exchange: Exchange, _: [String]) -> HTTPResponse {
    let host = String(exchange.request.host)
    let base = "\(exchange.request.origin)/entra/\(entra.settings.tenantID)"
    return .json(
      [
        "tenant_discovery_endpoint": .string("\(base)/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [
          [
            "preferred_network": .string(host), "preferred_cache": .string(host),
            "aliases": [.string(host)],
          ]
        ],
      ] as JSONValue)
  }
}
