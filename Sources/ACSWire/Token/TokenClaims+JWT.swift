public import ACSTypes

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension TokenClaims {
  /// Reads the claims of a JSON Web Token; the signature is not verified (WIRE 1.4).
  ///
  /// - Throws: ``WireError`` with code `.badValue` when it is no such token, `.missing` when it does not tell its end.
  public init(jwt: Secret) throws(WireError) {
    let parts = jwt.reveal().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw WireError(
        .badValue, "This is no JSON Web Token: it should have three parts joined by dots.")
    }
    guard let payload = bytes(base64URL: parts[1]) else {
      throw WireError(.badValue, "This is no JSON Web Token: its second part is not base64url.")
    }
    let claims: JSONValue
    do throws(WireError) {
      claims = try JSONValue.parse(payload)
    } catch {
      throw WireError(.badValue, "This is no JSON Web Token: its second part is not JSON.")
    }
    guard let expiresOn = claims["exp"].flatMap(moment) else {
      throw WireError(.missing, "The token does not tell when it expires.", path: "exp")
    }
    self.init(
      identity: claims["skypeid"]?.string.flatMap(identifier),
      scopes: scopeList(claims["acsScope"]?.string ?? ""),
      issuedOn: claims["iat"].flatMap(moment), expiresOn: expiresOn,
      resourceID: claims["resourceId"]?.string)
  }
}

private func bytes(base64URL text: Substring) -> [UInt8]? {
  var base64 = text.utf8.filter { $0 != UInt8(ascii: "=") }.map { byte in
    switch byte {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: byte
    }
  }
  while base64.count % 4 != 0 { base64.append(UInt8(ascii: "=")) }
  return Data(base64Encoded: Data(base64)).map(Array.init)
}

/// Epoch seconds, whole or not, up to the year 9999.
private func moment(_ json: JSONValue) -> Timestamp? {
  guard let seconds = json.number, (0..<253_402_300_800).contains(seconds) else { return nil }
  return Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
}

/// The claim is the raw id without its `8:`.
private func identifier(_ skypeID: String) -> CommunicationIdentifier? {
  guard !skypeID.isEmpty else { return nil }
  return CommunicationIdentifier(rawID: skypeID.hasPrefix("8:") ? skypeID : "8:\(skypeID)")
}

private func scopeList(_ text: String) -> [TokenScope] {
  text.split { $0 == "," || $0 == " " }.map { TokenScope(rawValue: String($0)) }
}
