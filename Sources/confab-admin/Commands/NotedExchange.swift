import ACSTypes
import Services

/// Tells each request and its answer in one line: `POST https://…/identities 201 12 ms`.
///
/// Headers, bodies and queries hold the secrets, so none of them is told.
struct NotedExchange: HTTPExchange {
  private let exchange: any HTTPExchange
  private let clock: any WallClock
  private let note: @Sendable (String) -> Void

  init(
    _ exchange: any HTTPExchange, clock: any WallClock, note: @escaping @Sendable (String) -> Void
  ) {
    self.exchange = exchange
    self.clock = clock
    self.note = note
  }

  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    let started = clock.now.milliseconds
    func tell(_ end: String) {
      let took = clock.now.milliseconds - started
      note("\(request.method) \(request.origin)\(request.path) \(end) \(took) ms")
    }
    do {
      let response = try await exchange.exchange(request)
      tell(String(response.status))
      return response
    } catch {
      tell("failed")
      throw error
    }
  }
}
