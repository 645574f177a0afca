import ACSAuth
import ACSClient
import ACSTypes
import Executor
import HTTPTransport
import Services

/// Somebody who lives in the demo, signed in by the trusted service as everybody is.
struct DemoUser: Sendable {
  /// The name by which the trusted service and the others know them.
  let name: String
  /// Who they are to the service.
  let identifier: CommunicationIdentifier
  /// The token that proves it.
  let credential: UserTokenCredential
  /// Chat as they see it.
  let chat: ChatClient

  /// Fetches a first token for `name`.
  init(
    name: String, addresses: Servers.Addresses, exchange: CurlExchange
  ) async throws {
    let clock = SystemClock()
    let flow = TokenFlow(observer: UnwatchedTokenFlow(), clock: clock)
    let settings = TokenServiceSettings(url: addresses.tokens, userName: name)
    credential = UserTokenCredential(
      source: try TokenServiceClient(settings: settings, exchange: exchange, flow: flow),
      displayName: name, clock: clock, random: SystemRandom(), flow: flow)
    identifier = try await credential.renew().identity
    chat = ChatClient(
      endpoint: addresses.endpoint,
      exchange: AuthorisedExchange(
        exchange: exchange, credential: credential, clock: clock, flow: nil))
    self.name = name
  }

  /// Themselves as participants of a thread, who see all of its history.
  var participant: ChatParticipant {
    ChatParticipant(identifier: identifier, displayName: name)
  }
}

/// The token flow is the client's to show.
private struct UnwatchedTokenFlow: TokenFlowObserver {
  func record(_ step: TokenFlowStep) {}
}
