public import ACSTypes
import ACSWire
public import Services

/// Signs requests with an access key (WIRE 1.2).
public struct HMACSigner: RequestAuthoriser {
  private let key: AccessKey
  private let clock: any WallClock

  /// Signs with `key`, dating requests by `clock`.
  public init(key: AccessKey, clock: any WallClock) {
    self.key = key
    self.clock = clock
  }

  /// The request with `x-ms-date`, `x-ms-content-sha256` and `Authorization`, signed now.
  public func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
    HMACSigner.sign(request, with: key, now: clock.now)
  }

  /// The request with the three headers, as signed at `now`; older ones of these names are replaced.
  public static func sign(
    _ request: HTTPRequest, with key: AccessKey, now: Timestamp
  ) -> HTTPRequest {
    let date = now.httpDate
    let hash = Digest.contentHash(request.body)
    let signature = key.signature(
      of: StringToSign(request, date: date, contentHash: hash).text
    ).base64
    var signed = request
    signed.headers["x-ms-date"] = date
    signed.headers["x-ms-content-sha256"] = hash
    signed.headers["Authorization"] =
      "HMAC-SHA256 SignedHeaders=\(StringToSign.signedHeaders)&Signature=\(signature)"
    return signed
  }
}
