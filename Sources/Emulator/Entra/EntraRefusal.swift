import ACSTypes
import ACSWire

/// A request to the Entra authority that is answered with an error.
struct EntraRefusal: Error {
  /// The HTTP status.
  var status: Int
  /// The error of OAuth 2.0.
  var error: String
  /// Entra's own number of it, told as `AADSTS…`.
  var number: Int
  /// What is wrong and what to do.
  var words: String

  init(_ status: Int, _ error: String, _ number: Int, _ words: String) {
    self.status = status
    self.error = error
    self.number = number
    self.words = words
  }

  /// A parameter is missing.
  static func missing(_ name: String) -> EntraRefusal {
    EntraRefusal(
      400, "invalid_request", 900_144,
      "The request body must contain the following parameter: '\(name)'.")
  }

  /// The error in Entra's form.
  func response(to exchange: Exchange, ids: IDSource) -> HTTPResponse {
    let time = exchange.now.iso8601.replacing("T", with: " ")
    let trace = ids.guid()
    let given = exchange.request.headers["client-request-id"] ?? ""
    let correlation = given.isGUID ? given : ids.guid()
    let body: JSONValue = [
      "error": .string(error),
      "error_description": .string(
        "AADSTS\(number): \(words) Trace ID: \(trace) Correlation ID: \(correlation) "
          + "Timestamp: \(time)"),
      "error_codes": [.integer(Int64(number))], "timestamp": .string(time),
      "trace_id": .string(trace), "correlation_id": .string(correlation),
    ]
    var response = HTTPResponse.uncached(body, status: status)
    response.headers["X-Confab-Why"] = headerText(words)
    return response
  }
}

extension HTTPResponse {
  /// JSON that nobody may keep, as everything around tokens.
  static func uncached(_ body: JSONValue, status: Int = 200) -> HTTPResponse {
    var response = HTTPResponse.json(body, status: status)
    response.headers["Cache-Control"] = "no-store, no-cache"
    response.headers["Pragma"] = "no-cache"
    return response
  }
}

extension StringProtocol {
  /// True for `8-4-4-4-12` hexadecimal digits.
  var isGUID: Bool {
    split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count) == [8, 4, 4, 4, 12]
      && allSatisfy { $0 == "-" || ($0.isASCII && $0.isHexDigit) }
  }
}
