import ACSAuth
import ACSClient
public import ACSTypes
public import Services

/// Another program of the same user, on a network where nothing goes wrong: what it does, their client did not do; what
/// it reads is what the service has.
public final class OtherDevice: Sendable {
  /// Chat in the user's name.
  public let chat: any ChatService
  /// Its network.
  public let passage: Passage
  private let credential: UserTokenCredential

  /// A device of the user whom the trusted service knows by `name`.
  public init(name: String, world: World) throws {
    let clock = world.clock
    let seed = world.settings.seed
    passage = Passage(
      name: "\(name) elsewhere", servers: world.servers, clock: clock, trace: world.trace,
      dice: Dice(seed: seed, "network \(name) elsewhere"), latency: world.settings.pace.network)
    let flow = TokenFlow(observer: Unwatched(), clock: clock)
    credential = UserTokenCredential(
      source: try TokenServiceClient(
        settings: .world(userName: name, life: world.settings.tokenLife), exchange: passage,
        flow: flow),
      displayName: name, clock: clock, random: Dice(seed: seed, "elsewhere \(name)"), flow: flow)
    chat = ChatClient(
      endpoint: Servers.endpoint,
      exchange: AuthorisedExchange(
        exchange: passage, credential: credential, clock: clock, flow: nil))
  }

  /// Who the user is.
  ///
  /// - Throws: `ServiceError`.
  public func identity() async throws -> CommunicationIdentifier {
    try await credential.renew().identity
  }
}

private struct Unwatched: TokenFlowObserver {
  func record(_ step: TokenFlowStep) {}
}

extension TokenServiceSettings {
  /// How everybody asks the trusted service of a world for tokens that live for `life`, in whole minutes.
  static func world(userName: String, life: Duration) -> TokenServiceSettings {
    TokenServiceSettings(
      url: "\(Servers.trustedURL)/token?user={user}&name={user}&scope={scope}"
        + "&expiresInMinutes=\(life.components.seconds / 60)",
      userName: userName, scopes: [.chat])
  }
}
