import ACSTypes
import ClientModel
import Executor
import HTTPTransport
import ScriptKit
import Services

/// A stage against a token service and Chat that run somewhere, in real time: clients in this process, over the network.
final class LiveStage: Stage {
  /// How long what is expected may take to come about.
  static let patience = Duration.seconds(15)
  /// How long nothing may have happened before it counts as quiet.
  static let quiet = Duration.milliseconds(120)
  /// How long quiet is waited for.
  static let longestSettling = Duration.seconds(5)
  /// The longest time that is waited at once.
  static let longestAdvance = Duration.seconds(300)

  private let clock = SystemClock()
  private let services: RealServices
  private let clients: [LiveClient]
  private let post = Signal(false)

  /// A stage on which everybody is signed in.
  init(
    _ setting: SceneSetting, services: RealServices, exchange: CurlExchange
  ) throws(StageError) {
    self.services = services
    for name in setting.users { _ = try services.identity(of: name) }
    for thread in setting.threads { try services.make(thread) }
    var clients: [LiveClient] = []
    let connector = CurlSocketConnector(over: exchange)
    do {
      for name in setting.users {
        let network = FaultyNetwork(name: name, exchange: exchange, connector: connector)
        let client = try LiveClient(
          name: name, services: services, network: network, setting: setting,
          posted: { [post] in post.change { $0 = true } })
        clients.append(client)
      }
      self.clients = clients
      for client in clients { try client.start() }
    } catch {
      throw StageError("a client cannot be started: \(error)")
    }
    let isReady = try wait(upTo: LiveStage.patience) {
      clients.allSatisfy { $0.state?.isSynced ?? false }
    }
    guard isReady else {
      let late = clients.filter { !($0.state?.isSynced ?? false) }
      end()
      throw StageError(
        "\(late.map(\.name).joined(separator: ", ")) did not come to be signed in: "
          + (late.first?.state?.connectionStatus.cause ?? "nothing tells why"))
    }
    try settle()
    for client in clients { client.clearDiary() }
    begin = clock.now
  }

  var seats: [any Seat] { clients }
  var now: Timestamp { clock.now }
  private(set) var begin = Timestamp.epoch
  var isVirtual: Bool { false }
  var patience: Duration { LiveStage.patience }

  func settle() throws(StageError) {
    let end = clock.now + LiveStage.longestSettling
    var calm = clock.now
    _ = try wait(upTo: LiveStage.longestSettling) {
      if !clients.allSatisfy(\.network.isQuiet) || hasStepped { calm = clock.now }
      return clock.now - calm >= LiveStage.quiet || clock.now >= end
    }
  }

  func advance(by duration: Duration) throws(StageError) {
    guard duration <= LiveStage.longestAdvance else {
      throw StageError(
        "in real time nobody waits for longer than \(LiveStage.longestAdvance) at once; play it on the virtual clock"
      )
    }
    _ = try wait(upTo: duration) { false }
  }

  /// True when a client did something since it was asked last.
  private var hasStepped = false

  func wait(upTo limit: Duration, until condition: () -> Bool) throws(StageError) -> Bool {
    let end = clock.now + limit
    while true {
      hasStepped = step()
      if condition() { return true }
      guard clock.now < end else { return false }
      let deadline = clients.compactMap(\.nextDeadline).min() ?? end
      let pause = max(
        .milliseconds(1), min(end, deadline, clock.now + .milliseconds(30)) - clock.now)
      _ = post.wait(upTo: pause) { isPosted -> Bool? in
        defer { isPosted = false }
        return isPosted ? true : nil
      }
    }
  }

  private func step() -> Bool {
    var hasStepped = false
    for client in clients where client.stepIfDue() { hasStepped = true }
    return hasStepped
  }

  // MARK: - What a script does

  func identity(of person: String) throws(StageError) -> CommunicationIdentifier {
    try services.identity(of: person)
  }

  func make(_ thread: ThreadSetting) throws(StageError) { try services.make(thread) }

  func elsewhere(
    _ person: String, _ what: String,
    _ body: @escaping @Sendable (any ChatService) async throws -> Void
  ) throws(StageError) { try services.elsewhere(person, what, body) }

  func add(_ fault: FaultRule) throws(StageError) {
    for client in clients { client.network.add(fault) }
  }

  func add(_ fault: EmulatorFault) throws(StageError) {
    throw StageError("a running service does nothing wrong of its own on demand")
  }

  func clearFaults() throws(StageError) {
    for client in clients { client.network.clearFaults() }
  }

  func start(_ party: Party) throws(StageError) {
    do { try client(party).start() } catch let error as StageError { throw error } catch {
      throw StageError("\(party)'s client does not start: \(error)")
    }
  }

  func kill(_ party: Party) throws(StageError) { try client(party).kill() }

  func suspend(_ person: String) throws(StageError) { try client(.client(person)).isAsleep = true }

  func resume(_ person: String) throws(StageError) { try client(.client(person)).isAsleep = false }

  private func client(_ party: Party) throws(StageError) -> LiveClient {
    guard case .client(let name) = party, let client = clients.first(where: { $0.name == name })
    else { throw StageError("a running service is not killed and not started by a script") }
    return client
  }

  func end() {
    for client in clients { client.kill() }
  }
}
