import ACSTypes
import ClientModel
import Executor
import HTTPTransport
import ScriptKit
import Services

/// A stage against a token service and Chat that run somewhere, in real time: clients in this process, over the network.
final class LiveStage: RealTimeStage {
  private let clock = SystemClock()
  let services: RealServices
  private let clients: [LiveClient]
  private let post = Signal(false)

  /// A stage on which everybody is signed in.
  init(
    _ setting: SceneSetting, services: RealServices, exchange: CurlExchange
  ) throws(StageError) {
    self.services = services
    for name in setting.users { _ = try services.identity(of: name) }
    for thread in setting.threads { try services.make(thread) }
    let connector = CurlSocketConnector(over: exchange)
    clients = setting.users.map { [post] name in
      LiveClient(
        name: name, services: services,
        network: FaultyNetwork(name: name, exchange: exchange, connector: connector),
        setting: setting, posted: { post.change { $0 = true } })
    }
    do throws(StageError) {
      for name in setting.users { try start(.client(name)) }
      try waitForSignIns()
    } catch {
      end()
      throw error
    }
    for client in clients { client.clearDiary() }
    begin = clock.now
  }

  var seats: [any Seat] { clients }
  var networks: [FaultyNetwork] { clients.map(\.network) }
  private(set) var begin = Timestamp.epoch

  private(set) var hasMoved = false

  func wait(upTo limit: Duration, until condition: () -> Bool) throws(StageError) -> Bool {
    let end = clock.now + limit
    while true {
      hasMoved = step()
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

  func add(_ fault: EmulatorFault) throws(StageError) {
    throw StageError("a running service does nothing wrong of its own on demand")
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
