import ACSTypes
import ClientModel
import Executor
import ScriptKit
import Services

/// A stage on which time is the computer's, and the services are real ones.
protocol RealTimeStage: Stage {
  /// The token service and Chat.
  var services: RealServices { get }
  /// The networks between the clients and these.
  var networks: [FaultyNetwork] { get }
  /// True when a client did something, or something came from it, since the last look.
  var hasMoved: Bool { get }
}

extension RealTimeStage {
  /// How long nothing may have happened before it counts as quiet.
  private var quiet: Duration { .milliseconds(120) }
  /// How long quiet is waited for.
  private var longestSettling: Duration { .seconds(5) }
  /// The longest time that is waited at once.
  private var longestAdvance: Duration { .seconds(300) }

  var now: Timestamp { SystemClock().now }
  var isVirtual: Bool { false }
  var patience: Duration { .seconds(15) }

  func settle() throws(StageError) {
    let end = now + longestSettling
    var calm = now
    _ = try wait(upTo: longestSettling) {
      if hasMoved || !networks.allSatisfy(\.isQuiet) { calm = now }
      return now - calm >= quiet || now >= end
    }
  }

  func advance(by duration: Duration) throws(StageError) {
    guard duration <= longestAdvance else {
      throw StageError(
        "in real time nobody waits for longer than \(longestAdvance) at once; play it on the virtual clock"
      )
    }
    _ = try wait(upTo: duration) { false }
  }

  /// Waits until every client has read what there is.
  func waitForSignIns() throws(StageError) {
    let isReady = try wait(upTo: patience) { seats.allSatisfy { $0.state?.isSynced ?? false } }
    guard isReady else {
      let late = seats.filter { !($0.state?.isSynced ?? false) }
      throw StageError(
        "\(late.map(\.name).joined(separator: ", ")) did not come to be signed in: "
          + (late.first?.state?.connectionStatus.cause ?? "nothing tells why"))
    }
    try settle()
  }

  func identity(of person: String) throws(StageError) -> CommunicationIdentifier {
    try services.identity(of: person)
  }

  func make(_ thread: ThreadSetting) throws(StageError) { try services.make(thread) }

  func elsewhere(
    _ person: String, _ what: String,
    _ body: @escaping @Sendable (any ChatService) async throws -> Void
  ) throws(StageError) { try services.elsewhere(person, what, body) }

  func add(_ fault: FaultRule) throws(StageError) {
    for network in networks { network.add(fault) }
  }

  func clearFaults() throws(StageError) {
    for network in networks { network.clearFaults() }
  }
}
