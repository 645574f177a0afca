import ACSTypes
import ACSWire

/// The code that an authority hands out to begin with (RFC 8628 3.2).
struct DeviceCode: Hashable, Sendable {
  /// What is polled with.
  let secret: Secret
  /// What somebody is asked to do.
  let prompt: SignInPrompt
  /// How long to wait between two polls.
  let interval: Duration

  /// Reads the answer.
  ///
  /// - Throws: `ServiceError` that says what the authority did wrong.
  init(_ response: HTTPResponse, now: Timestamp, during action: String) throws {
    guard response.isSuccess else {
      switch AuthorityAnswer(response, during: action) {
      case .refused(let error, let words):
        throw ServiceError.refusedByAuthority(error, words)
      case .unreadable(let error): throw error
      case .granted: throw DeviceCode.unreadable(response, action)
      }
    }
    guard let json = try? JSONValue.parse(response.body),
      let secret = json["device_code"]?.string, !secret.isEmpty,
      let userCode = json["user_code"]?.string,
      let url = (json["verification_uri"] ?? json["verification_url"])?.string
    else { throw DeviceCode.unreadable(response, action) }
    let shownCode = Excerpt(userCode, limit: 40).text
    guard !shownCode.isEmpty, let address = HTTPAddress(url), DeviceCode.isSafe(address) else {
      throw ServiceError(
        .badAnswer,
        "Failed \(action): the authority asks to sign in at an address that is not safe.")
    }
    func seconds(_ name: String, else standard: Double, in range: ClosedRange<Double>) -> Duration {
      let number = json[name].flatMap { $0.number ?? $0.string.flatMap { Double($0) } }
      return .milliseconds(
        Int64(min(max(number ?? standard, range.lowerBound), range.upperBound) * 1000))
    }
    self.secret = Secret(secret)
    interval = seconds("interval", else: 5, in: 1...300)
    prompt = SignInPrompt(
      userCode: shownCode, verificationURL: Excerpt(url, limit: 200).text,
      expiresOn: now + seconds("expires_in", else: 900, in: 1...3600))
  }

  /// A browser is sent to no address in clear text, but for this machine's.
  private static func isSafe(_ address: HTTPAddress) -> Bool {
    let host = address.origin.drop { $0 != ":" }.dropFirst(3)
    return address.origin.hasPrefix("https://") || host.hasPrefix("127.")
      || host.hasPrefix("localhost") || host.hasPrefix("[::1]")
  }

  private static func unreadable(_ response: HTTPResponse, _ action: String) -> ServiceError {
    ServiceError(
      .badAnswer,
      "Failed \(action): the authority answered \(response.status) without a code. Check its address.",
      status: response.status)
  }
}

extension ServiceError {
  /// An OAuth error that trying again does not mend.
  static func refusedByAuthority(_ error: String, _ words: String) -> ServiceError {
    let name = Excerpt(error, limit: 60).text
    let hint =
      switch error {
      case "invalid_client", "unauthorized_client":
        " Check the clientId, and that the application allows public client flows."
      case "invalid_scope", "invalid_resource": " Check the scope."
      case "invalid_request", "invalid_tenant": " Check the tenant, the clientId and the scope."
      default: ""
      }
    return ServiceError(
      .authFailed,
      "The authority refuses the sign-in: \(words.isEmpty ? name : words) [\(name)]\(hint)",
      serviceCode: name)
  }
}
