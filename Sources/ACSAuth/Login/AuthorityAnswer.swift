import ACSTypes
import ACSWire

/// What an authority answers to a request for tokens (RFC 6749 5, RFC 8628 3.5).
enum AuthorityAnswer: Hashable, Sendable {
  /// Tokens.
  case granted(Grant)
  /// An error by its OAuth name, with the authority's words.
  case refused(error: String, words: String)
  /// Nothing that OAuth knows: an error of a server, a web page.
  case unreadable(ServiceError)

  /// What was granted.
  struct Grant: Hashable, Sendable {
    /// What the token service takes.
    var accessToken: Secret
    /// How long it takes it.
    var life: Duration
    /// Gets the next access token; `nil` when the one before it stays.
    var refreshToken: Secret?
  }

  /// Reads an answer; `action` is what was tried, for messages.
  init(_ response: HTTPResponse, during action: String) {
    let json = try? JSONValue.parse(response.body)
    if response.isSuccess, let token = json?["access_token"]?.string, !token.isEmpty {
      let told = json?["expires_in"].flatMap { $0.number ?? $0.string.flatMap { Double($0) } }
      // "nan" is a number to Swift, and none that can be compared.
      let seconds = told.flatMap { $0.isNaN ? nil : $0 }
      let refresh = json?["refresh_token"]?.string.flatMap { $0.isEmpty ? nil : Secret($0) }
      self = .granted(
        Grant(
          accessToken: Secret(token),
          life: .seconds(Int64(min(max(seconds ?? 3600, 0), 86_400 * 365))),
          refreshToken: refresh))
    } else if !response.isSuccess, let error = json?["error"]?.string {
      self = .refused(
        error: error, words: AuthorityAnswer.words(json?["error_description"]?.string ?? ""))
    } else if response.isSuccess {
      self = .unreadable(
        ServiceError(
          .badAnswer,
          "Failed \(action): the authority answered \(response.status) without a token. Check its address.",
          status: response.status))
    } else {
      var error = ServiceError(response, during: action)
      if error.code == .notFound {
        error.message += " Check the authority's address and the tenant."
      }
      error.message = Excerpt(error.message, limit: 300).text
      self = .unreadable(error)
    }
  }

  /// The first line of a description: Entra appends trace ids in further ones.
  private static func words(_ description: String) -> String {
    let first = description.prefix { !$0.isNewline }
    let cut = first.firstRange(of: " Trace ID:").map { first[..<$0.lowerBound] } ?? first
    return Excerpt(String(cut), limit: 200).text
  }
}
