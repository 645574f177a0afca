import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// Who an Entra token has to be for: ACS, with or without the slash that some clients add (WIRE 1.3).
  private static let audiences = [
    "https://communication.azure.com", "https://communication.azure.com/",
  ]

  /// Refuses a request that neither the access key signed nor an Entra token authorises (WIRE 1.5).
  ///
  /// - Returns: Which of them it was, for people.
  func checkServiceCaller(of exchange: Exchange) throws(Refusal) -> String {
    let header = exchange.request.headers["Authorization"] ?? ""
    guard header.lowercased().hasPrefix("bearer ") else {
      try checkSignature(of: exchange)
      return "access key"
    }
    if let why = refusal(ofEntraToken: Secret(String(header.dropFirst(7))), now: exchange.now) {
      throw Core.denial(of: exchange, why: why)
    }
    return "Entra token"
  }

  /// What is wrong with an Entra token for this resource; `nil` when nothing is.
  private func refusal(ofEntraToken token: Secret, now: Timestamp) -> String? {
    let claims: JSONValue
    do throws(JWT.Refusal) {
      guard let key = entra.key else { throw .signatureDiffers }
      claims = try JWT.verify(token, with: key, now: now)
    } catch .signatureDiffers {
      let isUsers = (try? JWT.verify(token, with: resource.tokenKey, now: now)) != nil
      return isUsers
        ? "This is a user access token; this operation wants the access key or an Entra token."
        : JWT.Refusal.signatureDiffers.words
    } catch {
      return error.words
    }
    let audience = claims["aud"]?.string ?? "nobody"
    guard Core.audiences.contains(audience) else {
      return "The token is for \(audience); this operation wants one for \(Core.audiences[0])."
    }
    if let start = claims["nbf"]?.integer, start > now.seconds {
      return "The token is not valid for another \(start - now.seconds) seconds."
    }
    guard claims["tid"]?.string == entra.settings.tenantID else {
      return "The token is of the tenant \(claims["tid"]?.string ?? "nobody"); the resource is "
        + "in \(entra.settings.tenantID)."
    }
    return nil
  }

  /// Refuses a request that no access key signed (WIRE 1.2).
  private func checkSignature(of exchange: Exchange) throws(Refusal) {
    do throws(HMACRefusal) {
      // Clients date by their own clocks, which nobody advances with the emulator's.
      try verifier.verify(exchange.request, now: clock.signatureTime)
    } catch {
      guard case .contentHashDiffers = error, Plane(path: exchange.request.path) != .calls else {
        throw Core.denial(of: exchange, why: error.words)
      }
      throw Refusal(
        401, "Denied", "Request 'x-ms-content-sha256' differs from generated content hash.",
        why: error.words)
    }
  }

  /// 401 in the words recorded of the plane.
  private static func denial(of exchange: Exchange, why: String) -> Refusal {
    Plane(path: exchange.request.path) == .calls
      ? Refusal(401, "7509", "HMAC-SHA256 validation failed", why: why)
      : Refusal(401, "Denied", "Denied by the resource provider.", why: why)
  }
}
