public import ACSTypes

extension ServiceError {
  /// What an answer that is no success means, whichever of the error envelopes it has (WIRE 2, 4.6).
  ///
  /// The message has the service's words, or a sentence of ours where it gave none; the header `X-Confab-Why`, by which
  /// our own servers explain themselves, is appended. `Retry-After` is read as seconds, or as a time counted from the
  /// answer's `Date`; more than a day counts as a day.
  ///
  /// - Parameters:
  ///   - response: An answer with a status outside 200–299.
  ///   - action: What was tried, `sending the message`, to begin the message with; empty for none.
  public init(_ response: HTTPResponse, during action: String = "") {
    let told = ErrorWords(body: response.body)
    let serviceCode = told.code ?? response.headers["x-ms-error-code"]
    var words = told.message ?? ServiceError.standardWords(status: response.status)
    if let why = response.headers["X-Confab-Why"], !why.isEmpty { words += " (\(why))" }
    let failed = action.isEmpty ? "" : "Failed \(action): "
    self.init(
      ServiceError.code(status: response.status),
      "\(failed)\(words) [\(response.status)\(serviceCode.map { " \($0)" } ?? "")]",
      status: response.status, serviceCode: serviceCode,
      retryAfter: ServiceError.retryAfter(response.headers))
  }

  /// What an answer means that has a good status and a body which cannot be read.
  public init(_ error: WireError, during action: String) {
    self.init(.badAnswer, "Failed \(action): the answer cannot be understood. \(error)")
  }

  private static func code(status: Int) -> Code {
    switch status {
    case 401: .unauthenticated
    case 403: .forbidden
    case 404: .notFound
    case 408: .timedOut
    case 429: .throttled
    case 400...499: .refused
    case 500...599: .serviceFailed
    default: .badAnswer
    }
  }

  private static func standardWords(status: Int) -> String {
    switch status {
    case 401: "The service does not accept the credentials; sign in again or check the key."
    case 403: "The service does not allow this; ask for a token with a wider scope."
    case 404: "The service does not know what was asked for."
    case 429: "The service asks to slow down."
    case 400...499: "The service refused the request."
    case 500...599: "The service failed; try again later."
    default: "The service gave an unexpected answer."
    }
  }

  private static func retryAfter(_ headers: HTTPHeaders) -> Duration? {
    guard let text = headers["Retry-After"] else { return nil }
    if let seconds = Int(text), seconds >= 0 { return min(.seconds(seconds), longestWait) }
    guard let moment = Timestamp(httpDate: text),
      let sent = headers["Date"].flatMap({ Timestamp(httpDate: $0) })
    else { return nil }
    return min(max(.zero, moment - sent), longestWait)
  }

  private static let longestWait = Duration.seconds(86_400)
}

/// The code and the words in an error's body, as far as it has any.
private struct ErrorWords {
  var code: String?
  var message: String?

  init(body: [UInt8]) {
    guard let json = try? JSONValue.parse(body) else { return }
    if let envelope = json["CommunicationError"] {
      code = envelope["Code"]?.string
      message = envelope["Message"]?.string
    } else if let envelope = json["error"], envelope.object != nil {
      code = envelope["code"]?.string
      message = envelope["message"]?.string
    } else {
      // Sample token services: {"code":404,"message":"…"} (WIRE 9).
      code = json["code"]?.string ?? json["code"]?.integer.map(String.init)
      message = json["message"]?.string ?? json["error"]?.string ?? ErrorWords.complaints(json)
    }
    if message?.isEmpty == true { message = nil }
  }

  /// What SMS says of a request's members: `{"From":["Invalid from phone number format."]}`, alone or under `errors`
  /// as newer ASP.NET writes it (WIRE 5).
  private static func complaints(_ json: JSONValue) -> String? {
    let members = json["errors"]?.object ?? json.object ?? [:]
    let sentences = members.members.flatMap { member in
      (member.value.array ?? []).compactMap(\.string).map { "\(member.name): \($0)" }
    }
    return sentences.isEmpty ? json["title"]?.string : sentences.joined(separator: " ")
  }
}
