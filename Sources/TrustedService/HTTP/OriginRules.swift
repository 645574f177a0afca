import ACSTypes

/// Which web pages may use the service from a browser (CORS).
public struct OriginRules: Hashable, Sendable {
  /// What is wrong with rules.
  public enum Mistake: Error, Hashable, Sendable {
    /// Every page may, with the cookies and certificates of whoever looks at it.
    case everybodyWithCredentials
    /// Every page may, where nobody has to prove who asks.
    case everybodyUnproved
  }

  /// The pages' origins, `https://app.example`; `*` for all.
  public var origins: [String]
  /// Whether a browser sends its cookies and certificates along.
  public var credentials: Bool
  /// How long a browser remembers what it was allowed.
  public var maximumAge: Duration

  /// Rules; without a word no page may.
  public init(
    origins: [String] = [], credentials: Bool = false, maximumAge: Duration = .seconds(600)
  ) {
    self.origins = origins
    self.credentials = credentials
    self.maximumAge = maximumAge
  }

  /// What is wrong with the rules; `nil` when nothing is.
  public func mistake(isClosed: Bool) -> Mistake? {
    guard origins.contains("*") else { return nil }
    if credentials { return .everybodyWithCredentials }
    return isClosed ? nil : .everybodyUnproved
  }

  /// True when the rules name `origin`.
  func allow(_ origin: String) -> Bool {
    origins.contains("*") || origins.contains { $0.lowercased() == origin.lowercased() }
  }

  /// Lets the page at `origin` read `response`.
  func open(_ response: HTTPResponse, to origin: String?) -> HTTPResponse {
    var response = response
    if !origins.isEmpty { response.headers.append(name: "Vary", value: "Origin") }
    guard let origin, allow(origin) else { return response }
    let isForAll = origins.contains("*") && !credentials
    response.headers["Access-Control-Allow-Origin"] = isForAll ? "*" : origin
    if credentials { response.headers["Access-Control-Allow-Credentials"] = "true" }
    response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-ID"
    return response
  }

  /// The answer to a browser's question before a request; `nil` when `request` is no such question.
  func preflight(_ request: HTTPRequest, methods: [String]) -> HTTPResponse? {
    guard request.method == "OPTIONS", request.headers["Origin"] != nil,
      request.headers["Access-Control-Request-Method"] != nil
    else { return nil }
    return HTTPResponse(
      status: 204,
      headers: [
        "Access-Control-Allow-Methods": methods.joined(separator: ", "),
        "Access-Control-Allow-Headers":
          "Authorization, Content-Type, X-API-Key, teams-user-aad-token",
        "Access-Control-Max-Age": String(maximumAge.components.seconds),
      ])
  }
}
