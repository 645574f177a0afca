import ACSTypes
import ACSWire
import Synchronization

extension Core {
  /// Tells what was committed to whoever listens, bots among them.
  mutating func publish(_ noted: NotedEvent, now: Timestamp) {
    realTime.publish(noted, now: now)
    if !bots.isEmpty { bots.notice(noted) }
  }

  /// Lets the bots do what is due, as anybody would do it: by a request.
  mutating func runBots(
    now: Timestamp, post: @escaping @Sendable ([WebhookDelivery]) -> Void
  ) {
    let requests = ChatRequests(endpoint: entra.origin)
    for plan in bots.take(dueBy: now) {
      // It may be no bot any more, and no participant.
      guard let bot = bots.scripts[plan.identity] else { continue }
      let thread = ChatThreadID(plan.thread)
      let request =
        switch plan.act {
        case .read(let message):
          requests.sendReadReceipt(for: ChatMessageID(String(message)), in: thread)
        case .type: requests.sendTyping(in: thread, senderDisplayName: bot.displayName)
        case .say(let text, let type):
          requests.sendMessage(
            SendChatMessageRequest(content: text, senderDisplayName: bot.displayName, type: type),
            to: thread)
        }
      try? act(request, as: plan.identity, now: now, post: post)
    }
  }

  /// Does a request of somebody who needs no token; what follows from it waits for the disk as for anybody's.
  mutating func act(
    _ request: HTTPRequest, as identity: String, now: Timestamp,
    post: @escaping @Sendable ([WebhookDelivery]) -> Void
  ) throws {
    let found = try Router.route(request)
    guard case .chat(_, _, let operation) = found.route.action else { return }
    let exchange = Exchange(request, now: now)
    let caller = ChatCaller(
      identity: CommunicationIdentifier(rawID: identity), scopes: [.chat], expiresOn: now)
    let response: HTTPResponse
    do {
      response = try store.transaction {
        try operation(self, exchange, caller, found.arguments)
      }
    } catch {
      _ = events.take()
      deliveries = []
      throw error
    }
    store.countWrites()
    let reply = reply(response)
    guard store.written > outbox.synced else { return tell(reply, now: now, post: post) }
    outbox.add(
      Outbox.Entry(
        batch: store.written, plane: .chat, reply: reply, now: now, post: post, owed: OwedReply()))
  }
}

/// What bots gave to post; filled under the emulator's lock, or by who commits.
final class PostedDeliveries: Sendable {
  private let state = Mutex<[WebhookDelivery]>([])

  var all: [WebhookDelivery] { state.withLock { $0 } }

  func add(_ deliveries: [WebhookDelivery]) { state.withLock { $0 += deliveries } }
}
