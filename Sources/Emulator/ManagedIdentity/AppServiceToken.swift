import ACSTypes
import ServiceAuth

extension Core {
  static let appServicePath = "/msi/token"

  /// `GET /msi/token`: what App Service, Functions and Container Apps tell an app in `IDENTITY_ENDPOINT`.
  mutating func appServiceToken(_ exchange: Exchange) throws -> HTTPResponse {
    let given = exchange.request.headers["X-IDENTITY-HEADER"] ?? ""
    let right = entra.settings.identityHeader.reveal()
    guard Digest.areEqual(Array(given.utf8), Array(right.utf8)) else {
      throw MetadataRefusal(
        401, "unauthorized",
        "The header X-IDENTITY-HEADER is missing or wrong; it should bring the value of "
          + "IDENTITY_HEADER.")
    }
    try checkMetadataVersion(exchange, oldest: "2019-08-01")
    let settings = entra.settings
    guard
      isManagedIdentity(
        exchange.query,
        [
          "client_id": settings.clientID, "principal_id": settings.principalID,
          "object_id": settings.principalID, "mi_res_id": settings.managedIdentityID,
          "msi_res_id": settings.managedIdentityID,
        ])
    else {
      throw MetadataRefusal(
        400, "invalid_request",
        "No User Assigned or Delegated Managed Identity found for specified "
          + "ClientId/ResourceId/PrincipalId.")
    }
    return try managedIdentityToken(exchange).response
  }
}
