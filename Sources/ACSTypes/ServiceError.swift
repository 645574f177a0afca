/// Why a request to a service failed, in a form that a person can act on.
public struct ServiceError: Error, Hashable, Sendable, Codable {
  /// The broad kinds that a caller may act on.
  public struct Code: Hashable, Sendable, Codable, RawRepresentable {
    /// The code's name.
    public var rawValue: String

    /// A code by name.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The service cannot be reached: name, connection or time-out.
    public static let unreachable = Code(rawValue: "unreachable")
    /// The server's certificate is not trusted.
    public static let certificateRefused = Code(rawValue: "certificateRefused")
    /// The answer took longer than allowed.
    public static let timedOut = Code(rawValue: "timedOut")
    /// The answer is not what this service gives.
    public static let badAnswer = Code(rawValue: "badAnswer")
    /// 401, after renewing the token did not help.
    public static let unauthenticated = Code(rawValue: "unauthenticated")
    /// 403.
    public static let forbidden = Code(rawValue: "forbidden")
    /// 404.
    public static let notFound = Code(rawValue: "notFound")
    /// 429; see ``ServiceError/retryAfter``.
    public static let throttled = Code(rawValue: "throttled")
    /// Another 4xx: the request was wrong.
    public static let refused = Code(rawValue: "refused")
    /// 5xx.
    public static let serviceFailed = Code(rawValue: "serviceFailed")
    /// What the user configured cannot work; nothing was sent.
    public static let badSettings = Code(rawValue: "badSettings")
    /// What proves the program to the service was not given to it, as when a managed identity's secret is wrong; nothing
    /// was sent.
    public static let credentialRefused = Code(rawValue: "credentialRefused")
    /// Nobody was there to give what proves the program to the service, as on a machine without a metadata server;
    /// nothing was sent.
    public static let credentialUnavailable = Code(rawValue: "credentialUnavailable")
    /// Signing in failed and goes on failing: fresh tokens are refused, or of no use.
    public static let authFailed = Code(rawValue: "authFailed")
    /// Signing in goes on only when a person does something: a code was not typed in, a token given by hand has ended.
    public static let signInNeeded = Code(rawValue: "signInNeeded")
    /// Whether what was asked was done cannot be told; a person has to look.
    public static let undecided = Code(rawValue: "undecided")
    /// The caller gave up first.
    public static let cancelled = Code(rawValue: "cancelled")
    /// The service does not offer it here.
    public static let unsupported = Code(rawValue: "unsupported")
    /// What is kept on this machine cannot be read or written.
    public static let storeFailed = Code(rawValue: "storeFailed")
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed and what to do, for people; no secrets.
  public var message: String
  /// The HTTP status, where there was one.
  public var status: Int?
  /// The service's own error code, `IdentityNotOwned` or the like.
  public var serviceCode: String?
  /// How long the service asks to wait.
  public var retryAfter: Duration?
  /// True when the connection broke after the request went out: the service may have done what was asked.
  public var isUncertain: Bool

  /// An error.
  public init(
    _ code: Code, _ message: String, status: Int? = nil, serviceCode: String? = nil,
    retryAfter: Duration? = nil, isUncertain: Bool = false
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.serviceCode = serviceCode
    self.retryAfter = retryAfter
    self.isUncertain = isUncertain
  }
}
