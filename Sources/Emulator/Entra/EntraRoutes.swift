import ACSTypes

extension Router {
  /// The Entra authority, and the keys that prove tokens.
  static let entraRoutes: [Route] = [
    Route("GET", "/entra/device", .entra { core, _, _ in core.devicePage() }),
    tenant("GET", "v2.0/.well-known/openid-configuration") {
      $0.openIDConfiguration($1, tenant: $2)
    },
    tenant("GET", "discovery/v2.0/keys") { core, _, _ in try core.entraKeys() },
    tenant("POST", "oauth2/v2.0/token") { core, exchange, _ in
      try core.issueEntraToken(exchange)
    },
    tenant("POST", "oauth2/v2.0/devicecode") { core, exchange, _ in
      try core.startDeviceCode(exchange)
    },
    tenant("GET", "oauth2/v2.0/authorize") { _, _, _ in
      throw Refusal(
        501, "NotImplemented", "The emulator does not have the sign-in in a browser.",
        why: "The emulator does not have the sign-in in a browser; use a device code.")
    },
    Route("GET", "/common/discovery/instance", .entra { $0.instanceDiscovery($1, $2) }),
    Route("GET", "/entra/common/discovery/instance", .entra { $0.instanceDiscovery($1, $2) }),
    Route("GET", "/.well-known/keys", .entra { core, _, _ in core.userTokenKeys() }),
  ]

  /// A route below `/entra/{tenant}`, for tenants that there are.
  private static func tenant(
    _ method: String, _ path: String,
    _ operation: @escaping @Sendable (inout Core, Exchange, String) throws -> HTTPResponse
  ) -> Route {
    Route(
      method, "/entra/{}/\(path)",
      .entra { core, exchange, arguments in
        guard core.entra.isNamed(arguments[0]) else {
          throw EntraRefusal(
            400, "invalid_request", 90002,
            "Tenant '\(arguments[0])' not found. The emulator has "
              + "\(core.entra.settings.tenantID).")
        }
        return try operation(&core, exchange, arguments[0])
      })
  }
}
