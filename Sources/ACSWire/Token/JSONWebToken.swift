public import ACSTypes

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a JSON Web Token says, read without a key: its signature is not verified (WIRE 1.4).
public struct JSONWebToken: Hashable, Sendable {
  /// The first part; `nil` when it is no JSON.
  public let header: JSONValue?
  /// The second part.
  public let claims: JSONValue

  /// Takes a token apart.
  ///
  /// - Throws: ``WireError`` with code `.badValue` when it is no such token.
  public init(_ token: Secret) throws(WireError) {
    let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw WireError(
        .badValue, "This is no JSON Web Token: it should have three parts joined by dots.")
    }
    guard let payload = bytes(base64URL: parts[1]) else {
      throw WireError(.badValue, "This is no JSON Web Token: its second part is not base64url.")
    }
    do throws(WireError) {
      claims = try JSONValue.parse(payload)
    } catch {
      throw WireError(.badValue, "This is no JSON Web Token: its second part is not JSON.")
    }
    header = bytes(base64URL: parts[0]).flatMap { try? JSONValue.parse($0) }
  }

  /// How it is signed: `RS256`, `none`; `nil` when it does not tell.
  public var algorithm: String? { header?["alg"]?.string }

  /// Whose it is; the claim is the raw id without its `8:`.
  public var identity: CommunicationIdentifier? {
    guard let id = claims["skypeid"]?.string, !id.isEmpty else { return nil }
    return CommunicationIdentifier(rawID: id.hasPrefix("8:") ? id : "8:\(id)")
  }

  /// What it may be used for; empty when it does not tell.
  public var scopes: [TokenScope] {
    (claims["acsScope"]?.string ?? "").split { $0 == "," || $0 == " " }
      .map { TokenScope(rawValue: String($0)) }
  }

  /// The resource that it belongs to.
  public var resourceID: String? { claims["resourceId"]?.string }

  /// When it was issued.
  public var issuedOn: Timestamp? { claims["iat"].flatMap(moment) }

  /// When it expires.
  public var expiresOn: Timestamp? { claims["exp"].flatMap(moment) }
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
