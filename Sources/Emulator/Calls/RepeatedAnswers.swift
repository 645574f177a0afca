import ACSTypes
import ServiceAuth

/// The answers to requests with a `Repeatability-Request-ID`: a repeated request gets the same and does nothing.
struct RepeatedAnswers {
  private struct Answer {
    let request: String
    let response: HTTPResponse
    let madeOn: Timestamp
  }

  /// How long an answer is remembered.
  private static let memory = Duration.seconds(3600)

  private var answers: [String: Answer] = [:]

  /// What the request was answered before.
  ///
  /// - Throws: ``Refusal`` with status 400 when the id came with another request.
  func answer(to exchange: Exchange) throws(Refusal) -> HTTPResponse? {
    guard let id = RepeatedAnswers.id(exchange), let answer = answers[id] else { return nil }
    guard answer.request == RepeatedAnswers.fingerprint(exchange) else {
      throw Refusal(
        400, "BadRequest", "The Repeatability-Request-ID was used with another request.")
    }
    return answer.response
  }

  /// Remembers a success.
  mutating func remember(_ response: HTTPResponse, to exchange: Exchange) {
    guard let id = RepeatedAnswers.id(exchange) else { return }
    answers = answers.filter { exchange.now - $0.value.madeOn < RepeatedAnswers.memory }
    answers[id] = Answer(
      request: RepeatedAnswers.fingerprint(exchange), response: response, madeOn: exchange.now)
  }

  private static func id(_ exchange: Exchange) -> String? {
    exchange.request.headers["Repeatability-Request-ID"]
  }

  private static func fingerprint(_ exchange: Exchange) -> String {
    let request = exchange.request
    return "\(request.method) \(request.path) \(Digest.contentHash(request.body))"
  }
}

extension Core {
  /// Does `operation`, unless the same request was done before.
  mutating func repeatable(
    _ exchange: Exchange, _ operation: (inout Core) throws -> HTTPResponse
  ) throws -> HTTPResponse {
    if let response = try calls.repeatable.answer(to: exchange) { return response }
    let response = try operation(&self)
    calls.repeatable.remember(response, to: exchange)
    return response
  }
}
