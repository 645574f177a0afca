import ACSTypes
import ACSWire
import ServiceAuth

/// A request that is done once, however often it is sent (WIRE 6).
struct RepeatableRequest {
  /// The `Repeatability-Request-ID`, in lower case.
  let id: String
  /// The hash of the body, which has to be the same each time.
  let body: String

  /// The request, `nil` without `Repeatability-Request-ID`.
  ///
  /// - Throws: ``Refusal`` with status 400 when the id is no GUID, or `Repeatability-First-Sent` is missing or no time.
  init?(_ exchange: Exchange) throws(Refusal) {
    let headers = exchange.request.headers
    guard let id = headers["Repeatability-Request-ID"]?.lowercased() else { return nil }
    guard isGUID(id) else {
      throw Refusal(
        400, "BadRequest", "Repeatability-Request-ID is invalid.",
        why: "Repeatability-Request-ID should be a GUID.")
    }
    // Some clients write ISO 8601, which the service takes.
    guard let sent = headers["Repeatability-First-Sent"],
      Timestamp(httpDate: sent) ?? Timestamp(iso8601: sent) != nil
    else {
      throw Refusal(
        400, "BadRequest", "Repeatability-First-Sent is missing or invalid.",
        why: "With Repeatability-Request-ID there should be Repeatability-First-Sent, a time such "
          + "as Sat, 21 Nov 2026 02:29:57 GMT.")
    }
    self.id = id
    body = Digest.contentHash(exchange.request.body)
  }
}

/// True for hexadecimal digits in groups of 8-4-4-4-12.
private func isGUID(_ text: String) -> Bool {
  let groups = text.split(separator: "-", omittingEmptySubsequences: false)
  return groups.map(\.utf8.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(\.isHexDigit)
}
