import ACSTypes
import ACSWire

/// Reads a token service's answers, and says of a wrong one what is wrong with it.
struct TokenServiceReader: Sendable {
  /// How much of an answer that is not understood is shown.
  private static let excerptLimit = 60
  /// How long the words of an error may be that a token service gives.
  private static let messageLimit = 300

  /// The token service's address, for messages.
  let shownURL: String
  /// What proves the user's sign-in, in words; `nil` when no login is configured.
  let login: String?
  /// What was sent and must not be seen even when the token service repeats it.
  var secrets: [Secret] = []

  /// Why an answer is none to be read on; `nil` for a status in 200–299.
  func failure(of response: HTTPResponse) -> ServiceError? {
    guard !response.isSuccess else { return nil }
    if (300...399).contains(response.status) { return redirected(response) }
    var failure = ServiceError(response, during: "asking the token service at \(shownURL)")
    if (try? JSONValue.parse(response.body)) == nil {
      if isPage(response) {
        failure.message += " It answered with a web page; check the address."
      } else if !response.body.isEmpty {
        failure.message += " It said: \(excerpt(response.text))"
      }
    }
    if response.status == 401 { failure.message += unauthenticated(response) }
    return cleaned(failure)
  }

  /// The token in a good answer.
  func token(in response: HTTPResponse) throws -> UserAccessToken {
    let json: JSONValue
    do {
      json = try JSONValue.parse(response.body)
    } catch {
      throw notJSON(response)
    }
    do {
      return try TokenServiceAnswer(json: json).token
    } catch {
      throw notUnderstood(json, error, status: response.status)
    }
  }

  /// The error without what must not be shown.
  func cleaned(_ error: ServiceError) -> ServiceError {
    var error = error
    let limit = TokenServiceReader.messageLimit + shownURL.count
    error.message = Excerpt(error.message, limit: limit, hiding: secrets).text
    return error
  }

  /// What the token service asks for by `WWW-Authenticate`, and what to configure.
  private func unauthenticated(_ response: HTTPResponse) -> String {
    var words = ""
    if let challenge = response.headers["WWW-Authenticate"], !challenge.isEmpty {
      words = " It asks for \(excerpt(challenge, limit: 120))."
    }
    guard let login else {
      return words.isEmpty
        ? words : words + " Configure tokenService.login; docs/authentication.md tells how."
    }
    return words + " It does not take \(login)."
  }

  private func redirected(_ response: HTTPResponse) -> ServiceError {
    let place = response.headers["Location"].map { location in
      let shown = HTTPAddress(location)?.withoutQuery ?? String(location.prefix { $0 != "?" })
      return " to \(excerpt(shown, limit: 200))"
    }
    return ServiceError(
      .badAnswer,
      """
      The token service at \(shownURL) redirects\(place ?? "") [\(response.status)], which is not followed. \
      Configure the address where the token is; a sign-in page cannot be used. \
      \(login == nil ? "A service that wants a sign-in needs tokenService.login." : "It may not take \(login ?? "").")
      """, status: response.status)
  }

  private func notJSON(_ response: HTTPResponse) -> ServiceError {
    let service = "The token service at \(shownURL) answered \(response.status)"
    let message =
      if response.body.isEmpty {
        "\(service) with an empty body instead of a token."
      } else if isPage(response) {
        """
        \(service) with a web page instead of a token. Check the address: it may be a sign-in page or the front \
        of an application.
        """
      } else {
        "\(service) with what is no JSON: \(excerpt(response.text))"
      }
    return ServiceError(.badAnswer, message, status: response.status)
  }

  private func notUnderstood(
    _ json: JSONValue, _ error: WireError, status: Int
  ) -> ServiceError {
    var message = "The token service at \(shownURL) answered \(status). \(error.message)"
    if error.code == .missing, error.path == "token", let object = json.object {
      let names = object.members.prefix(8).map { excerpt($0.name, limit: 30) }
      message += names.isEmpty ? " It is empty." : " It has \(names.joined(separator: ", "))."
    } else if error.code != .missing, !error.path.isEmpty {
      message += " Wrong is \(error.path)."
    }
    return ServiceError(.badAnswer, message, status: status)
  }

  private func isPage(_ response: HTTPResponse) -> Bool {
    if response.headers["Content-Type"]?.lowercased().hasPrefix("text/html") == true { return true }
    let start = String(decoding: response.body.prefix(200), as: UTF8.self).lowercased()
    let first = start.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return first.hasPrefix("<!doctype html") || first.hasPrefix("<html")
  }

  private func excerpt(_ text: String, limit: Int = TokenServiceReader.excerptLimit) -> String {
    "\"\(Excerpt(text, limit: limit, hiding: secrets).text)\""
  }
}
