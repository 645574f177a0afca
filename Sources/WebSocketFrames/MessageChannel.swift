public import Services
import Synchronization

/// The end of a WebSocket that tasks hold: passes what they want to a loop thread, and hands them what it brings.
public final class MessageChannel: MessageSocket {
  /// What a task wants of the loop thread.
  public enum Order: Sendable {
    /// Send a text and resume the continuation when it reached the socket.
    case send(String, CheckedContinuation<Void, any Error>)
    /// Close in good order.
    case close
    /// Break the connection without a word.
    case drop
    /// Go on reading, after ``isFull`` held it back.
    case readOn
  }

  private struct State {
    var messages: ArraySlice<String> = []
    /// Bytes in `messages`.
    var weight = 0
    /// After the loop thread saw ``isFull`` and stopped reading.
    var isHeldBack = false
    var receiver: CheckedContinuation<String?, any Error>?
    /// How often a message was asked for.
    var requests = 0
    /// After the end: what `receive` says once `messages` is empty.
    var end: Result<Void, TransportError>?
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let post: @Sendable (Order) -> Void

  /// A channel whose wishes go to `post`, from any thread.
  public init(post: @escaping @Sendable (Order) -> Void) {
    self.post = post
  }

  /// Sends one text message, and waits until the system took its bytes.
  public func send(_ text: String) async throws {
    try await withCheckedThrowingContinuation { post(.send(text, $0)) }
  }

  /// Waits for the next text message; cancelling the task ends the wait, not the socket.
  ///
  /// Now and then it lets other tasks go first even when one is there: a peer that never pauses must not keep a thread.
  public func receive() async throws -> String? {
    let isOthersTurn = state.withLock { state in
      state.requests &+= 1
      return state.requests % 16 == 0
    }
    if isOthersTurn { await Task.yield() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { takeMessage(for: $0) }
    } onCancel: {
      let receiver = state.withLock { $0.receiver.take() }
      receiver?.resume(throwing: MessageChannel.cancelled)
    }
  }

  /// Closes in good order and waits until the connection is gone.
  public func close() async { await end(by: .close) }

  private func end(by order: Order) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isOver = state.withLock { state in
        if state.end == nil { state.closers.append(continuation) }
        return state.end != nil
      }
      if isOver { continuation.resume() } else { post(order) }
    }
  }

  /// Breaks the connection without a word, and waits until it is gone.
  public func drop() async { await end(by: .drop) }

  private func takeMessage(for continuation: CheckedContinuation<String?, any Error>) {
    let (answer, readsOn) = state.withLock { state -> (Result<String?, any Error>?, Bool) in
      precondition(state.receiver == nil, "two callers wait for the same socket's next message")
      if let message = state.messages.popFirst() {
        state.weight -= message.utf8.count
        let readsOn = state.isHeldBack && state.weight < MessageChannel.capacity / 2
        if readsOn { state.isHeldBack = false }
        return (.success(message), readsOn)
      }
      switch state.end {
      case .success: return (.success(nil), false)
      case .failure(let error): return (.failure(error), false)
      case nil: break
      }
      if Task.isCancelled { return (.failure(MessageChannel.cancelled), false) }
      state.receiver = continuation
      return (nil, false)
    }
    if let answer { continuation.resume(with: answer) }
    if readsOn { post(.readOn) }
  }

  // MARK: The loop thread's side

  /// Waiting messages may weigh this much before the loop stops reading: four of the longest.
  private static let capacity = 4 << 20

  private static let cancelled = TransportError(
    .cancelled, "Waiting for a message was cancelled.")

  /// Hands over a message that arrived.
  ///
  /// - Returns: False when too much waits; the loop thread stops reading until ``Order/readOn``.
  func arrived(_ message: String) -> Bool {
    let (receiver, goesOn) = state.withLock {
      state -> (CheckedContinuation<String?, any Error>?, Bool) in
      if let receiver = state.receiver.take() { return (receiver, true) }
      state.messages.append(message)
      state.weight += message.utf8.count
      state.isHeldBack = state.weight >= MessageChannel.capacity
      return (nil, !state.isHeldBack)
    }
    receiver?.resume(returning: message)
    return goesOn
  }

  /// The connection is gone.
  ///
  /// - Parameter error: `nil` after a close in good order.
  func ended(_ error: TransportError?) {
    let (receiver, closers) = state.withLock { state in
      if state.end == nil { state.end = error.map(Result.failure) ?? .success(()) }
      defer { state.closers = [] }
      return (state.receiver.take(), state.closers)
    }
    if let error { receiver?.resume(throwing: error) } else { receiver?.resume(returning: nil) }
    for closer in closers { closer.resume() }
  }
}
