import ACSTypes
import HTTPServing
import Services
import Synchronization
import TrustedService

/// Where requests find the service once it knows its own address, which it does only when the socket listens.
final class Door: Sendable {
  private struct Service {
    var service: TrustedService
    var ticker: Ticker
  }

  private let service = Mutex<Service?>(nil)

  func open(_ service: TrustedService, _ ticker: Ticker) {
    self.service.withLock { $0 = Service(service: service, ticker: ticker) }
  }

  func enter() -> (TrustedService, Ticker)? {
    service.withLock { $0.map { ($0.service, $0.ticker) } }
  }
}

/// Takes requests to the service, counts them and tells of them.
struct ServeHandler: HTTPHandler {
  let door: Door
  let log: ServeLog

  func respond(to request: HTTPRequest) -> HTTPHandling {
    respond(to: request, from: "")
  }

  func respond(to request: HTTPRequest, from peer: String) -> HTTPHandling {
    guard let (service, ticker) = door.enter() else {
      return .response(HTTPResponse(status: 503, headers: ["Retry-After": "1"]))
    }
    let begin = ContinuousClock.now
    service.metrics.began()
    return .later {
      let (reply, record) = await service.reply(to: request, from: peer)
      let duration = ContinuousClock.now - begin
      service.metrics.ended(record, after: duration)
      self.log.request(record, after: duration)
      // Only calls wait for times; waking the ticker for each token would cost more than it.
      if record.concernsCalls { ticker.look() }
      switch reply {
      case .response(let response): return .response(response)
      case .gateway(let body):
        return .webSocket { socket in
          await body(socket)
          ticker.look()
        }
      }
    }
  }
}

extension RequestRecord {
  fileprivate var concernsCalls: Bool {
    ["/gateway", "/events", "/callbacks/{key}"].contains(route)
  }
}
