import ACSTypes
import Emulator
import Executor
import HTTPServing

/// The service: every request goes to the emulator, and what follows from it to the deliveries.
struct ServiceHandler: HTTPHandler {
  let emulator: Emulator
  let deliveries: Deliveries
  let log: RequestLog
  private let sockets: EventSockets
  private let clock = SystemClock()

  init(emulator: Emulator, deliveries: Deliveries, log: RequestLog) {
    self.emulator = emulator
    self.deliveries = deliveries
    self.log = log
    sockets = EventSockets(emulator: emulator)
  }

  func respond(to request: HTTPRequest) -> HTTPHandling {
    if let handling = sockets.handling(of: request, log: log) { return handling }
    let start = log.start
    switch emulator.answer(to: request, now: clock.now, post: { deliveries.add($0) }) {
    case .now(let reply): return .now(finished(request, by: reply, since: start))
    case .later(let owed):
      return .owed { answer in
        owed.whenGiven { reply in answer(finished(request, by: reply, since: start)) }
      }
    }
  }

  private func finished(
    _ request: HTTPRequest, by reply: EmulatorReply, since start: ContinuousClock.Instant
  ) -> HTTPServerReply {
    log.write(request, reply.response, caller: reply.caller, since: start)
    for warning in reply.warnings { log.warn(warning) }
    return HTTPServerReply(reply)
  }

  /// The answer to a request that the server refused by itself.
  func refuse(_ refusal: HTTPRefusal, _ request: HTTPRequest) -> HTTPResponse {
    let start = log.start
    let response = emulator.refuse(
      request, refusal.status, refusal.code, refusal.message, now: clock.now)
    log.write(request, response, since: start)
    return response
  }
}

extension HTTPServerReply {
  /// The emulator's answer, with what goes wrong with it on its way.
  init(_ reply: EmulatorReply) {
    guard let disturbance = reply.disturbance else {
      self = .response(reply.response)
      return
    }
    let ending: HTTPBreakage.Ending =
      switch disturbance.ending {
      case .whole: .whole
      case .reset: .reset
      case .truncated(let bytes, let silence): .truncated(bytes: bytes, silence: silence)
      }
    self = .broken(reply.response, HTTPBreakage(delay: disturbance.delay, ending: ending))
  }
}

/// The administration: not for the network, and without authorisation.
struct AdminHandler: HTTPHandler {
  let emulator: Emulator
  let deliveries: Deliveries
  private let clock = SystemClock()

  init(emulator: Emulator, deliveries: Deliveries) {
    self.emulator = emulator
    self.deliveries = deliveries
  }

  func respond(to request: HTTPRequest) -> HTTPHandling {
    let reply = emulator.administer(request, now: clock.now)
    if !reply.deliveries.isEmpty { deliveries.add(reply.deliveries) }
    deliveries.look()
    return .response(reply.response)
  }
}

/// The metadata service of a machine in Azure, which hands out managed identities.
struct MetadataHandler: HTTPHandler {
  let emulator: Emulator
  let log: RequestLog
  private let clock = SystemClock()

  init(emulator: Emulator, log: RequestLog) {
    self.emulator = emulator
    self.log = log
  }

  func respond(to request: HTTPRequest) -> HTTPHandling {
    let start = log.start
    let response = emulator.answerMetadata(request, now: clock.now)
    log.write(request, response, since: start)
    return .response(response)
  }

  /// The answer to a request that the server refused by itself.
  func refuse(_ refusal: HTTPRefusal, _ request: HTTPRequest) -> HTTPResponse {
    let start = log.start
    let response = Emulator.metadataRefusal(of: request, refusal.status, refusal.message)
    log.write(request, response, since: start)
    return response
  }
}
