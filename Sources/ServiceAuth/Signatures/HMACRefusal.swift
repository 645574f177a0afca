/// Why a signed request is refused.
public enum HMACRefusal: Error, Hashable, Sendable {
  /// A header that every signed request carries is missing.
  case missingHeader(String)
  /// `Authorization` is of another scheme, named here.
  case otherScheme(String)
  /// `Authorization` lacks `SignedHeaders` or `Signature`, or names headers that do not suffice.
  case malformedAuthorization
  /// The date is not in the form of HTTP.
  case badDate(String)
  /// The request's clock differs by this much; positive when it is behind.
  case clockOff(Duration)
  /// The body has another hash, given here, than `x-ms-content-sha256` says.
  case contentHashDiffers(actual: String)
  /// No key gives the signature over this text.
  case signatureDiffers(stringToSign: String)

  /// What is wrong and what to do, in plain words; no secrets.
  public var words: String {
    switch self {
    case .missingHeader(let name):
      "The header \(name) is missing; this service wants requests signed with the access key."
    case .otherScheme(let scheme):
      "The Authorization header has the scheme \(scheme); this operation wants HMAC-SHA256, "
        + "signed with the access key."
    case .malformedAuthorization:
      "The Authorization header should be HMAC-SHA256 "
        + "SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=<Base64>."
    case .badDate(let text):
      "The date \"\(text)\" should have the form Sat, 21 Nov 2026 02:29:57 GMT."
    case .clockOff(let difference):
      "The request was dated \(HMACRefusal.span(difference)) "
        + "\(difference > .zero ? "in the past" : "in the future"); set the clock of the sender."
    case .contentHashDiffers(let actual):
      "x-ms-content-sha256 is not the hash of the body received, which is \(actual)."
    case .signatureDiffers(let text):
      "The signature differs. Either the access key is another, or the text signed was not "
        + "\"\(text.replacing("\n", with: "\\n"))\"."
    }
  }

  private static func span(_ difference: Duration) -> String {
    let seconds = abs(difference.components.seconds)
    if seconds < 120 { return "\(seconds) seconds" }
    return seconds < 7200 ? "\(seconds / 60) minutes" : "\(seconds / 3600) hours"
  }
}
