import ACSTypes
import Emulator
import Services
import Synchronization

/// A WebSocket through a ``Passage``: frames take time, keep their order, and stop when it is cut.
final class PassageSocket: MessageSocket {
  private enum Item {
    case text(String)
    case end((any Error)?)
  }

  private struct State {
    /// The emulator's number for it, and which run of the emulator; `nil` before it is open and after its end there.
    var peer: (id: Int, run: Int)?
    var items: [Item] = []
    var receiver: CheckedContinuation<String?, any Error>?
    /// When the newest frame arrives, here and there.
    var lastIn = Timestamp.epoch
    var lastOut = Timestamp.epoch
    var isClosed = false
    var isSilent = false
  }

  let number: Int
  private let passage: Passage
  private let state = Mutex(State())

  init(_ passage: Passage, number: Int) {
    self.passage = passage
    self.number = number
  }

  /// Opens it at the emulator.
  func open(_ request: HTTPRequest) throws {
    let opened = try passage.servers.openSocket(request) { [weak self] output in
      self?.came(output)
    }
    state.withLock { $0.peer = opened }
  }

  func send(_ text: String) async throws {
    let wait = try state.withLock { state -> Duration? in
      guard !state.isClosed else {
        throw TransportError(.interrupted, "The socket is closed.")
      }
      guard !state.isSilent, !passage.weather.isOffline else { return nil }
      let arrival = max(state.lastOut, passage.clock.now + passage.latency)
      state.lastOut = arrival
      return arrival - passage.clock.now
    }
    guard let wait else { return }
    passage.clock.after(wait) { [self] in
      guard let peer = state.withLock({ $0.peer }) else { return }
      passage.servers.socketReceived(text, over: peer)
    }
  }

  func receive() async throws -> String? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let item = state.withLock { state -> Item? in
          if Task.isCancelled { return .end(TransportError(.cancelled, "Given up.")) }
          guard !state.items.isEmpty else {
            precondition(state.receiver == nil, "two receive from one socket at once")
            state.receiver = continuation
            return nil
          }
          // The end stays the end.
          if case .end = state.items[0] { return state.items[0] }
          return state.items.removeFirst()
        }
        if let item { Self.give(item, to: continuation) }
      }
    } onCancel: {
      let receiver = state.withLock { state in
        defer { state.receiver = nil }
        return state.receiver
      }
      receiver?.resume(throwing: TransportError(.cancelled, "Given up."))
    }
  }

  func close() async { leave(with: nil) }

  func drop() async { leave(with: TransportError(.interrupted, "The socket was dropped.")) }

  /// The connection breaks; both ends are told.
  func `break`() { leave(with: TransportError(.interrupted, "The connection broke.")) }

  /// Nothing passes any more, and nobody is told.
  func fallSilent() {
    passage.trace.note(passage.name, "socket \(number) falls silent")
    state.withLock { $0.isSilent = true }
  }

  private func leave(with error: (any Error)?) {
    let (wasOpen, peer) = state.withLock { state in
      defer { state.isClosed = true }
      defer { state.peer = nil }
      return (!state.isClosed, state.isSilent ? nil : state.peer)
    }
    guard wasOpen else { return }
    passage.trace.note(passage.name, "socket \(number) ends")
    passage.forget(self)
    put(.end(error))
    guard let peer else { return }
    passage.clock.after(passage.latency) { [passage] in passage.servers.socketClosed(peer) }
  }

  /// The emulator sends, closes or drops; it is at work, so that nothing may go back to it now.
  private func came(_ output: SocketOutput) {
    let wait = state.withLock { state -> Duration? in
      guard !state.isClosed, !state.isSilent, !passage.weather.isOffline else { return nil }
      let arrival = max(state.lastIn, passage.clock.now + passage.latency)
      state.lastIn = arrival
      return arrival - passage.clock.now
    }
    guard let wait else { return }
    passage.clock.after(wait) { [weak self] in self?.arrive(output) }
  }

  private func arrive(_ output: SocketOutput) {
    guard !state.withLock({ $0.isClosed || $0.isSilent }) else { return }
    switch output {
    case .text(let text): put(.text(text))
    case .close: leave(with: nil)
    case .drop: leave(with: TransportError(.interrupted, "The service dropped the socket."))
    }
  }

  private func put(_ item: Item) {
    let receiver = state.withLock { state -> CheckedContinuation<String?, any Error>? in
      guard let receiver = state.receiver else {
        state.items.append(item)
        return nil
      }
      state.receiver = nil
      if case .end = item { state.items.append(item) }
      return receiver
    }
    if let receiver { Self.give(item, to: receiver) }
  }

  private static func give(_ item: Item, to receiver: CheckedContinuation<String?, any Error>) {
    switch item {
    case .text(let text): receiver.resume(returning: text)
    case .end(nil): receiver.resume(returning: nil)
    case .end(let error?): receiver.resume(throwing: error)
    }
  }
}

extension Passage {
  /// One way, by the dice.
  var latency: Duration { dice.time(in: weather.latency) }
}
