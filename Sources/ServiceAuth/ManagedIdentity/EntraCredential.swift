public import ACSTypes
public import Services
import Synchronization

/// An identity's token, kept usable for the requests of a trusted service.
///
/// However many ask at once, one fetch runs; when the task that runs it is cancelled, another of those that wait takes
/// over. A token that is due is renewed by the next request; the others use the old one meanwhile, and all do when the
/// renewal fails.
public final class EntraCredential: Sendable {
  private struct State {
    var machine = EntraTokenMachine()
    /// How many fetches are over.
    var fetches = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var lastWaiter = 0
  }

  private let source: any EntraTokenSource
  private let clock: any WallClock
  private let state = Mutex(State())

  /// A credential without a token yet.
  public init(source: any EntraTokenSource, clock: any WallClock) {
    self.source = source
    self.clock = clock
  }

  /// What the source is called; of a chain the one that was found.
  public var sourceName: String { source.name }

  /// A token that lives on for some seconds at least, fetched when there is none.
  ///
  /// - Throws: ``ServiceAuthError`` of the source when no usable token is left; `.cancelled` when the task was.
  public func token() async throws(ServiceAuthError) -> Secret {
    while true {
      let (instruction, count) = state.withLock {
        ($0.machine.wanted(now: clock.now), $0.fetches)
      }
      switch instruction {
      case .use(let token): return token
      case .fail(let error): throw error
      case .fetch: try await fetch()
      case .wait: try await over(fetch: count)
      }
    }
  }

  /// The service answered 401 to `token`.
  ///
  /// - Returns: Whether another token may be had.
  func refused(_ token: Secret) -> Bool {
    state.withLock { $0.machine.refused(token, now: clock.now) }
  }

  /// Fetches once and tells everybody who waits.
  private func fetch() async throws(ServiceAuthError) {
    let outcome: Result<EntraToken, ServiceAuthError>
    do throws(ServiceAuthError) {
      outcome = .success(try await source.token())
    } catch {
      outcome = .failure(error)
    }
    let now = clock.now
    let waiting = state.withLock { state in
      switch outcome {
      case .success(let token): state.machine.arrived(token, now: now)
      case .failure(let error) where error.code == .cancelled: state.machine.calledOff()
      case .failure(let error): state.machine.failed(error, now: now)
      }
      state.fetches += 1
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume() }
    if case .failure(let error) = outcome, error.code == .cancelled { throw error }
  }

  /// Waits until more than `count` fetches are over.
  private func over(fetch count: Int) async throws(ServiceAuthError) {
    let id = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if Task.isCancelled || state.fetches > count { return true }
          state.waiting[id] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
    }
    if Task.isCancelled { throw .cancelled }
  }
}
