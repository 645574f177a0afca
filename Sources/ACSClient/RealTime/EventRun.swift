import ACSAuth
import ACSTypes
import ACSWire
import Services
import Synchronization

/// One connection of the channel of events: does what the machine says, in three tasks of one group.
///
/// One reads and answers, one watches the time, one does what waits for other answers.
final class EventRun: Sendable {
  private enum Errand {
    case register
    case lookAtToken
  }

  private struct State {
    var machine: EventSocketMachine
    /// What the socket was last authenticated with.
    var token: Secret
    /// True while a registration may stand.
    var isRegistered = false
  }

  private let channel: TrouterEventChannel
  private let place: EventPlace
  private let receive: @Sendable (ChatEventSignal) -> Void
  private let state: Mutex<State>
  private let errands: AsyncStream<Errand>
  private let errandQueue: AsyncStream<Errand>.Continuation

  init(
    channel: TrouterEventChannel, place: EventPlace,
    receive: @escaping @Sendable (ChatEventSignal) -> Void
  ) {
    self.channel = channel
    self.place = place
    self.receive = receive
    let machine = EventSocketMachine(
      session: place.session, surl: place.surl, vector: channel.vector, now: channel.clock.now)
    state = Mutex(State(machine: machine, token: place.token))
    (errands, errandQueue) = AsyncStream.makeStream()
  }

  var tally: EventTally { state.withLock { $0.machine.tally } }

  /// Runs until the socket ends or the task is cancelled.
  func run() async throws {
    let end = await withTaskGroup(of: Result<Void, any Error>.self) { group in
      for part in [read, watch, doErrands] {
        group.addTask {
          do {
            return .success(try await part())
          } catch {
            return .failure(error)
          }
        }
      }
      let end = await group.next() ?? .success(())
      group.cancelAll()
      errandQueue.finish()
      // What broke need not be closed in good order, which would only wait for the peer.
      guard Task.isCancelled else {
        await place.socket.drop()
        return end
      }
      // First, for who leaves may not have the time to wait for the peer's goodbye.
      if state.withLock({ $0.isRegistered }) {
        await channel.unregister(by: place.configuration)
      }
      await place.socket.close()
      return end
    }
    guard Task.isCancelled else { return try end.get() }
    throw CancellationError()
  }

  private func read() async throws {
    while let text = try await place.socket.receive() {
      let now = channel.clock.now
      try await perform(state.withLock { $0.machine.received(text, now: now) })
    }
  }

  private func watch() async throws {
    while true {
      let deadline = state.withLock { $0.machine.deadline }
      try await channel.timer.wait(max(.zero, deadline - channel.clock.now))
      let now = channel.clock.now
      try await perform(state.withLock { $0.machine.clockAdvanced(to: now) })
    }
  }

  private func doErrands() async throws {
    for await errand in errands {
      switch errand {
      case .register: try await register()
      case .lookAtToken: try await lookAtToken()
      }
    }
    // Only a cancellation ends the errands.
    throw CancellationError()
  }

  private func perform(_ instructions: [EventSocketMachine.Instruction]) async throws {
    for instruction in instructions {
      switch instruction {
      case .send(let text): try await place.socket.send(text)
      case .register: errandQueue.yield(.register)
      case .lookAtToken: errandQueue.yield(.lookAtToken)
      case .tell(let signal): tell(signal)
      case .read(let request): try await take(request)
      case .end(let error): throw error
      }
    }
  }

  /// Tells the event of a request that was answered.
  private func take(_ request: TunnelledRequest) async throws {
    guard let event = try? request.event() else {
      let now = channel.clock.now
      return try await perform(state.withLock { $0.machine.unreadableEventCame(now: now) })
    }
    if let event = ChatEvent(event) {
      tell(.event(event))
    } else {
      state.withLock { $0.machine.unknownEventCame() }
    }
  }

  /// After a cancellation nobody wants to know.
  private func tell(_ signal: ChatEventSignal) {
    if !Task.isCancelled { receive(signal) }
  }

  private func register() async throws {
    let surl = state.withLock { state in
      state.isRegistered = true
      return state.machine.surl
    }
    let ttl = try await channel.register(surl, by: place.configuration)
    let now = channel.clock.now
    try await perform(state.withLock { $0.machine.registered(at: surl, for: ttl, now: now) })
  }

  /// A token that was renewed meanwhile is told to the service, which else ends the socket with the old one.
  private func lookAtToken() async throws {
    // Without a new token the socket lives until the old one ends, and whoever reads the lists is told why.
    guard let token = try? await channel.credential.token() else { return }
    let instructions = state.withLock { state -> [EventSocketMachine.Instruction] in
      guard state.token != token else { return [] }
      state.token = token
      return state.machine.renewed(token)
    }
    try await perform(instructions)
  }
}
