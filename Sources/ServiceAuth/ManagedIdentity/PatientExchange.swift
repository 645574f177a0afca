import ACSTypes
import Services

/// Asks what gives tokens, and asks again where it is busy or not ready yet.
struct PatientExchange: Sendable {
  /// How long to wait before each further try; the number of tries is one more.
  static let waits: [Duration] = [.seconds(1), .seconds(2), .seconds(4), .seconds(8)]

  let exchange: any HTTPExchange
  let timer: any Timer
  let random: any RandomSource

  /// Sends `request` until the answer's status is none of `passing`, or the tries are used up.
  ///
  /// `Retry-After` counts where it is longer than the wait and no longer than the longest one.
  ///
  /// - Returns: The last answer.
  /// - Throws: ``ServiceAuthError`` with code `.unavailable` when no answer came.
  func answer(
    to request: HTTPRequest, passing: (Int) -> Bool
  ) async throws(ServiceAuthError) -> HTTPResponse {
    var response = try await send(request)
    for wait in PatientExchange.waits where passing(response.status) {
      let asked = response.headers["Retry-After"].flatMap { Int64($0) } ?? 0
      let least = min(Duration.seconds(max(0, asked)), PatientExchange.waits.last ?? .zero)
      // A quarter more or less, so that the programs of a machine do not ask in step.
      let spread = random.fraction() * 0.5 + 0.75
      do {
        try await timer.wait(max(least, wait * spread))
      } catch {
        throw ServiceAuthError.cancelled
      }
      response = try await send(request)
    }
    return response
  }

  private func send(_ request: HTTPRequest) async throws(ServiceAuthError) -> HTTPResponse {
    do {
      return try await exchange.exchange(request)
    } catch let error as TransportError {
      guard error.code != .cancelled else { throw .cancelled }
      throw ServiceAuthError(.unavailable, error.message)
    } catch is CancellationError {
      throw .cancelled
    } catch {
      throw ServiceAuthError(.unavailable, "\(request.origin) cannot be asked: \(error)")
    }
  }

  /// Statuses after which Entra may be asked again.
  static func isPassing(_ status: Int) -> Bool {
    status == 408 || status == 429 || (500...599).contains(status)
  }
}

extension ServiceAuthError {
  /// The caller gave up first.
  static let cancelled = ServiceAuthError(.cancelled, "Fetching a token was cancelled.")
}
