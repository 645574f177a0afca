import ACSAuth
public import ACSTypes
import ACSWire

/// Sends requests to one service in somebody's name and takes only good answers.
public protocol ServiceExchange: Sendable {
  /// Sends `request` with what proves who asks.
  ///
  /// - Parameters:
  ///   - request: A request without authorisation.
  ///   - action: What is tried, `sending the message`, for the message of an error.
  /// - Returns: An answer with a status in 200–299.
  /// - Throws: `ServiceError`, whatever went wrong.
  func send(_ request: HTTPRequest, during action: String) async throws -> HTTPResponse
}

extension ServiceExchange {
  /// Sends `request` and reads the body of its answer.
  func answer<Value: WireValue>(
    to request: HTTPRequest, as type: Value.Type = Value.self, during action: String
  ) async throws -> Value {
    try await datedAnswer(to: request, as: type, during: action).value
  }

  /// The same, with the time of the service's clock; `nil` where it does not say.
  func datedAnswer<Value: WireValue>(
    to request: HTTPRequest, as type: Value.Type = Value.self, during action: String
  ) async throws -> (value: Value, servedOn: Timestamp?) {
    let response = try await send(request, during: action)
    do {
      return (
        try Value(bytes: response.body),
        response.headers["Date"].flatMap { Timestamp(httpDate: $0) }
      )
    } catch {
      throw ServiceError(error, during: action)
    }
  }
}
