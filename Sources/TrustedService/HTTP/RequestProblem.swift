import ACSTypes
import ACSWire

/// A request that is answered with an error.
struct RequestProblem: Error, Hashable, Sendable {
  /// The HTTP status.
  var status: Int
  /// What programs tell problems apart by.
  var code: String
  /// What is wrong and what to do, for people; no secrets.
  var message: String
  /// When to try again.
  var retryAfter: Duration?
  /// What `WWW-Authenticate` says; `nil` leaves it out.
  var challenge: String?
  /// The methods that the path takes instead; empty leaves them out.
  var allowed: [String] = []

  /// 400: the request cannot be understood or allowed as it is.
  static func badRequest(_ message: String) -> RequestProblem {
    RequestProblem(status: 400, code: "BadRequest", message: message)
  }

  /// 401: nothing proves who asks.
  static func unauthenticated(_ message: String) -> RequestProblem {
    RequestProblem(
      status: 401, code: "Unauthorized", message: message, challenge: #"Bearer realm="confab""#)
  }

  /// 401: what was to prove who asks does not (RFC 6750, 3.1).
  static func invalidToken(_ message: String) -> RequestProblem {
    RequestProblem(
      status: 401, code: "InvalidToken", message: message,
      challenge: #"Bearer realm="confab", error="invalid_token""#)
  }

  /// 403: it is known who asks, and that one may not.
  static func forbidden(_ code: String, _ message: String) -> RequestProblem {
    RequestProblem(status: 403, code: code, message: message)
  }

  /// `{"error":{"code":…,"message":…}}`.
  var response: HTTPResponse {
    let error = ErrorEnvelope(error: ServiceErrorModel(code: code, message: message))
    return complete(.json(error.json, status: status))
  }

  /// `{"code":404,"message":…}`, as Microsoft's authentication sample has it (WIRE 9).
  var sampleResponse: HTTPResponse {
    complete(
      .json(["code": .integer(Int64(status)), "message": .string(message)], status: status))
  }

  private func complete(_ response: HTTPResponse) -> HTTPResponse {
    var response = response
    response.headers["WWW-Authenticate"] = challenge
    if !allowed.isEmpty { response.headers["Allow"] = allowed.joined(separator: ", ") }
    if let retryAfter {
      let seconds = max(1, (retryAfter.wholeMilliseconds + 999) / 1000)
      response.headers["Retry-After"] = String(seconds)
    }
    return response
  }
}

extension RequestProblem {
  /// How long callers are asked to wait when the service behind does not say.
  private static let defaultWait = Duration.seconds(5)

  /// What the caller is told when ACS at `endpoint` failed: 503 when it asks to wait, 502 for everything else.
  init(_ error: ServiceError, endpoint: String) {
    switch error.code {
    case .throttled:
      self.init(
        status: 503, code: "Throttled",
        message: "\(endpoint) asks to slow down. \(error.message)",
        retryAfter: error.retryAfter ?? RequestProblem.defaultWait)
    case .unauthenticated, .forbidden:
      self.init(
        status: 502, code: "CredentialRefused",
        message: "\(endpoint) refused this service's credential; check the access key, or the "
          + "identity's role. \(error.message)")
    case .credentialRefused, .credentialUnavailable:
      self.init(
        status: 502, code: "CredentialFailed",
        message: "This service has no credential for \(endpoint). \(error.message)")
    case .certificateRefused:
      self.init(
        status: 502, code: "CertificateRefused",
        message: "\(endpoint) has a certificate that is not trusted. \(error.message)")
    case .cancelled:
      self.init(
        status: 503, code: "Stopping", message: "The request was given up; try again.",
        retryAfter: .seconds(1))
    case .badAnswer, .refused, .notFound:
      self.init(
        status: 502, code: "BadAnswer",
        message: "\(endpoint) did not do as asked. \(error.message)")
    default:
      self.init(
        status: 502, code: "ServiceUnavailable",
        message: "\(endpoint) does not serve now; try again. \(error.message)",
        retryAfter: error.retryAfter ?? RequestProblem.defaultWait)
    }
  }
}

extension HTTPResponse {
  /// An answer with a JSON body that nobody may keep: it may hold a token, and never lasts.
  static func json(_ json: JSONValue, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [
        "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store",
      ],
      body: json.bytes)
  }
}
