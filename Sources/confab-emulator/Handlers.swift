import ACSTypes
import Emulator
import Executor
import HTTPServing
import ServerProgram

/// The service: every request goes to the emulator, and what follows from it to the deliveries.
struct ServiceHandler: HTTPHandler {
  let emulator: Emulator
  let deliveries: Deliveries
  let isVerbose: Bool
  private let clock = SystemClock()

  init(emulator: Emulator, deliveries: Deliveries, isVerbose: Bool) {
    self.emulator = emulator
    self.deliveries = deliveries
    self.isVerbose = isVerbose
  }

  func respond(to request: HTTPRequest) -> HTTPHandling {
    let reply = emulator.respond(to: request, now: clock.now)
    if !reply.deliveries.isEmpty { deliveries.add(reply.deliveries) }
    if isVerbose {
      let why = reply.response.headers["X-Confab-Why"].map { "  \($0)" } ?? ""
      StandardStreams.error(
        "\(clock.now.iso8601WithMilliseconds) \(request.method) \(request.target) \(reply.response.status)\(why)"
      )
    }
    return .response(reply.response)
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
    let response = emulator.administer(request, now: clock.now)
    deliveries.look()
    return .response(response)
  }
}

/// The metadata service of a virtual machine, which hands out managed identities: not emulated yet, and it says so.
struct MetadataHandler: HTTPHandler {
  func respond(to request: HTTPRequest) -> HTTPHandling {
    .response(
      HTTPResponse(
        status: 501, headers: ["X-Confab-Why": "Managed identities are not emulated yet."]))
  }
}
