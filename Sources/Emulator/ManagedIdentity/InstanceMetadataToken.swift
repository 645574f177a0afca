import ACSTypes
import ACSWire

extension Core {
  static let instanceMetadataPath = "/metadata/identity/oauth2/token"

  /// `GET /metadata/identity/oauth2/token`, as the metadata service of a virtual machine has it (IMDS).
  ///
  /// A machine with one identity gives that one when none is named, so here the user-assigned identity is the
  /// system-assigned one, too.
  mutating func instanceMetadataToken(_ exchange: Exchange) throws -> HTTPResponse {
    let headers = exchange.request.headers
    guard headers["Metadata"]?.lowercased() == "true" else {
      throw MetadataRefusal(400, "invalid_request", "Required metadata header not specified")
    }
    // A proxy that anybody can make ask for them must not hand out tokens.
    guard headers["X-Forwarded-For"] == nil else {
      throw MetadataRefusal(
        400, "invalid_request", "The header X-Forwarded-For is not allowed: no proxies")
    }
    try checkMetadataVersion(exchange, oldest: "2018-02-01")
    let settings = entra.settings
    guard
      isManagedIdentity(
        exchange.query,
        [
          "client_id": settings.clientID, "object_id": settings.principalID,
          "msi_res_id": settings.managedIdentityID,
        ])
    else { throw MetadataRefusal(400, "invalid_request", "Identity not found") }
    var token = try managedIdentityToken(exchange)
    let lifetime = JSONValue.string(String(Core.managedIdentityLifetime))
    token.members += [
      ("expires_in", lifetime), ("ext_expires_in", lifetime),
      ("not_before", .string(String(exchange.now.seconds))),
    ]
    return token.response
  }
}
