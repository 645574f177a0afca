import ACSClient
import ACSTypes
import ACSWire
import Executor
import HTTPTransport
import Services

/// Everybody in the demo, signed in.
struct People: Sendable {
  /// The person at the terminal.
  let alice: DemoUser
  /// The one who answers.
  let bob: DemoUser
  /// Somebody to be found and written to.
  let carol: DemoUser

  /// Signs everybody in, and lets the trusted service hear of incoming calls.
  init(addresses: Servers.Addresses, exchange: CurlExchange) async throws {
    try await subscribe(addresses, exchange: exchange)
    alice = try await DemoUser(name: "Alice", addresses: addresses, exchange: exchange)
    bob = try await DemoUser(name: "Bob", addresses: addresses, exchange: exchange)
    carol = try await DemoUser(name: "Carol", addresses: addresses, exchange: exchange)
  }

  /// Makes a thread and has everybody say their lines, each by their own client.
  func tell(_ story: ThreadStory) async throws {
    let thread = try await self[story.owner].chat.createThread(
      topic: story.topic,
      // The owner takes part anyway, but without a name unless listed.
      participants: ([story.owner] + story.others).map { self[$0].participant },
      requestID: "demo-\(SystemRandom().next())")
    for line in story.lines {
      let speaker = self[line.speaker]
      _ = try await speaker.chat.send(
        line.text, clientID: nil, senderDisplayName: speaker.name, to: thread.id)
    }
  }

  private subscript(_ speaker: ThreadStory.Speaker) -> DemoUser {
    switch speaker {
    case .alice: alice
    case .bob: bob
    case .carol: carol
    }
  }
}

/// Tells the emulator where the trusted service wants its events.
private func subscribe(_ addresses: Servers.Addresses, exchange: CurlExchange) async throws {
  let action = "subscribing to incoming calls"
  guard let address = HTTPAddress(addresses.subscriptions) else {
    throw ServiceError(.badSettings, "Failed \(action): \(addresses.subscriptions) is no address.")
  }
  let body: JSONValue = ["url": .string(addresses.events)]
  let response = try await exchange.exchange(
    HTTPRequest(
      method: "POST", origin: address.origin, target: address.target,
      headers: ["Content-Type": "application/json"], body: body.bytes))
  guard response.isSuccess else {
    throw ServiceError(
      .refused, "Failed \(action): \(response.status) \(response.text.prefix(200))",
      status: response.status)
  }
}
