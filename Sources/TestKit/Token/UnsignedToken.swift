public import ACSTypes

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A JSON Web Token with the claims of a user access token (WIRE 1.4) and a signature that nobody made.
public struct UnsignedToken: Sendable {
  /// The token.
  public let text: String

  /// A token with these claims; `nil` leaves a claim out.
  public init(
    identity: String? = "8:acs:5d1c_alice", scopes: String? = "chat,voip",
    issuedOn: Timestamp? = nil,
    expiresOn: Timestamp?, resourceID: String? = "5d1c", algorithm: String = "RS256",
    mark: String = "signature"
  ) {
    var claims: [String] = []
    if let identity { claims.append("\"skypeid\":\"\(identity.dropFirst(2))\"") }
    if let scopes { claims.append("\"acsScope\":\"\(scopes)\"") }
    if let issuedOn { claims.append("\"iat\":\(issuedOn.seconds)") }
    if let expiresOn { claims.append("\"exp\":\(expiresOn.seconds)") }
    if let resourceID { claims.append("\"resourceId\":\"\(resourceID)\"") }
    let header = "{\"alg\":\"\(algorithm)\",\"typ\":\"JWT\"}"
    let parts = [header, "{\(claims.joined(separator: ","))}", mark].map(UnsignedToken.base64URL)
    text = parts.joined(separator: ".")
  }

  private static func base64URL(_ text: String) -> String {
    let base64 = Data(text.utf8).base64EncodedString()
    return String(base64.filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
  }
}
