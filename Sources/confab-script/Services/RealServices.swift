import ACSAuth
import ACSClient
import ACSTypes
import Executor
import Glibc
import HTTPTransport
import ScriptKit
import Services
import Synchronization

/// A token service and Chat that really run somewhere, and the people of a scene as other programs of theirs see them.
final class RealServices {
  /// Where the token service is, without a path.
  let tokenOrigin: String
  /// Where Chat is.
  let endpoint: String
  /// Told apart from the people of other scenes and runs by this end of their names; empty where they are alone.
  let nameEnd: String
  private let exchange: CurlExchange
  private let tokenLife: Duration
  private var devices: [String: Device] = [:]
  private var lastMade: Int64?
  private var identities: [String: CommunicationIdentifier] = [:]

  private struct Device: Sendable {
    let credential: UserTokenCredential
    let chat: any ChatService
  }

  /// Services that are reached over `exchange`.
  init(
    tokenOrigin: String, endpoint: String, nameEnd: String, exchange: CurlExchange,
    tokenLife: Duration
  ) {
    self.tokenOrigin = tokenOrigin
    self.endpoint = endpoint
    self.nameEnd = nameEnd
    self.exchange = exchange
    self.tokenLife = tokenLife
  }

  /// How somebody's client asks the token service, which is reached at `origin`.
  func settings(of person: String, origin: String) -> TokenServiceSettings {
    TokenServiceSettings(
      url: "\(origin)/token?user={user}&name=\(person)&scope={scope}"
        + "&expiresInMinutes=\(tokenLife.components.seconds / 60)",
      userName: person + nameEnd, scopes: [.chat])
  }

  private func device(of person: String) throws(StageError) -> Device {
    if let device = devices[person] { return device }
    let clock = SystemClock()
    let flow = TokenFlow(observer: Unwatched(), clock: clock)
    do {
      let credential = UserTokenCredential(
        source: try TokenServiceClient(
          settings: settings(of: person, origin: tokenOrigin), exchange: exchange, flow: flow),
        displayName: person, clock: clock, random: SystemRandom(), flow: flow)
      let device = Device(
        credential: credential,
        chat: ChatClient(
          endpoint: endpoint,
          exchange: AuthorisedExchange(
            exchange: exchange, credential: credential, clock: clock, flow: nil)))
      devices[person] = device
      return device
    } catch {
      throw StageError("\(tokenOrigin) cannot be used as a token service", failedWith: error)
    }
  }

  /// Who somebody is.
  func identity(of person: String) throws(StageError) -> CommunicationIdentifier {
    if let identity = identities[person] { return identity }
    let device = try device(of: person)
    let identity = try finish("\(person)'s sign-in") {
      try await device.credential.renew().identity
    }
    identities[person] = identity
    return identity
  }

  /// Does something as another program of somebody's.
  func elsewhere(
    _ person: String, _ what: String,
    _ body: @escaping @Sendable (any ChatService) async throws -> Void
  ) throws(StageError) {
    _ = try identity(of: person)
    let device = try device(of: person)
    try finish(what) { try await body(device.chat) }
  }

  /// Makes a thread, with what was said in it.
  ///
  /// Lists are in the order of times with whole seconds: no two threads are made in the same one.
  func make(_ thread: ThreadSetting) throws(StageError) {
    guard let owner = thread.members.first else { return }
    let clock = SystemClock()
    while clock.now.seconds == lastMade { usleep(20_000) }
    defer { lastMade = clock.now.seconds }
    var members: [ChatParticipant] = []
    for name in thread.members {
      members.append(ChatParticipant(identifier: try identity(of: name), displayName: name))
    }
    let requestID = SystemRandom().uuid()
    let (people, device) = (members, try device(of: owner))
    let id = try finish("the thread \"\(thread.topic)\"") {
      try await device.chat.createThread(
        topic: thread.topic, participants: people, requestID: requestID
      ).id
    }
    for message in thread.messages {
      let sender = try self.device(of: message.sender)
      try finish("the message \"\(message.text)\"") {
        _ = try await sender.chat.send(
          message.text, clientID: nil, senderDisplayName: message.sender, to: id)
      }
    }
  }

  private func finish<Value: Sendable>(
    _ what: String, _ body: @escaping @Sendable () async throws -> Value
  ) throws(StageError) -> Value {
    let result = RealExecutor.shared.run { () async -> Result<Value, any Error> in
      do { return .success(try await body()) } catch { return .failure(error) }
    }
    switch result {
    case .success(let value): return value
    case .failure(let error): throw StageError("\(what) could not be done", failedWith: error)
    }
  }

  private struct Unwatched: TokenFlowObserver {
    func record(_ step: TokenFlowStep) {}
  }
}
