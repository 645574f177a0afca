import ACSTypes
import CCurl
import Executor
import Services
import Synchronization
import WebSocketFrames

/// The way to the one thread that talks to libcurl.
final class CurlLoop: Sendable {
  /// What a task wants of the thread.
  ///
  /// Each has a number by which it can be cancelled.
  enum Request: Sendable {
    case start(UInt64, OutgoingRequest, CheckedContinuation<HTTPResponse, any Error>)
    case connect(UInt64, OutgoingRequest, CheckedContinuation<MessageChannel, any Error>)
    case cancel(UInt64)
    case perform(UInt64, MessageChannel.Order)
    case stop
  }

  private struct State {
    var requests: [Request] = []
    /// Once the thread runs; libcurl lets any thread wake it.
    var multi: MultiHandle?
    var isStopped = false
    var lastNumber: UInt64 = 0
  }

  private let state = Mutex(State())
  private let certificateAuthority: String?
  private let userAgent: String

  init(certificateAuthority: String?, userAgent: String) {
    self.certificateAuthority = certificateAuthority
    self.userAgent = userAgent
  }

  /// Hands the thread a request and waits for what it gives the continuation; cancelling the task cancels it.
  func wait<Success: Sendable>(
    for request: (UInt64, CheckedContinuation<Success, any Error>) -> Request
  ) async throws -> Success {
    if let failure = CurlLibrary.failure { throw failure }
    // Nothing of it may be sent.
    if Task.isCancelled { throw TransportError.requestCancelled }
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        post(request(number, continuation))
        // A cancellation just before the request was posted found nothing to cancel.
        if Task.isCancelled { post(.cancel(number)) }
      }
    } onCancel: {
      post(.cancel(number))
    }
  }

  /// Ends the thread; what is under way fails with `.interrupted`.
  func stop() {
    let isRunning = state.withLock { state in
      if state.multi == nil { state.isStopped = true }
      return state.multi != nil
    }
    if isRunning { post(.stop) }
  }

  /// Hands the thread a request, which starts it.
  func post(_ request: Request) {
    let isTaken = state.withLock { state in
      guard !state.isStopped else { return false }
      state.requests.append(request)
      if let multi = state.multi {
        ccurl_multi_wakeup(multi.pointer)
      } else {
        let multi = MultiHandle(pointer: ccurl_multi_new())
        state.multi = multi
        PosixThread(name: "curl") { self.run(multi) }.detach()
      }
      return true
    }
    if !isTaken { CurlLoop.refuse(request) }
  }

  private func run(_ multi: MultiHandle) {
    let thread = CurlThread(
      loop: self, multi: multi.pointer,
      authorities: CertificateAuthorities(path: certificateAuthority), userAgent: userAgent)
    while thread.serve(takeRequests()) { thread.step() }
    let late = state.withLock { state in
      state.isStopped = true
      defer { state.requests = [] }
      return state.requests
    }
    for request in late { CurlLoop.refuse(request) }
    thread.end()
    ccurl_multi_free(multi.pointer)
  }

  private func takeRequests() -> [Request] {
    state.withLock { state in
      guard !state.requests.isEmpty else { return [] }
      defer { state.requests.removeAll(keepingCapacity: true) }
      return state.requests
    }
  }

  private static func refuse(_ request: Request) {
    switch request {
    case .start(_, _, let continuation): continuation.resume(throwing: stopped)
    case .connect(_, _, let continuation): continuation.resume(throwing: stopped)
    case .perform(_, .send(_, let continuation)): continuation.resume(throwing: stopped)
    case .perform, .cancel, .stop: break
    }
  }

  /// What is under way gets when the exchange ends.
  static let stopped = TransportError(.interrupted, "The connection to the network was ended.")
}

/// libcurl's multi handle.
private struct MultiHandle: @unchecked Sendable {
  // Used by the loop's thread; others only wake it, under the loop's lock, which libcurl allows.
  let pointer: UnsafeMutableRawPointer?
}

extension TransportError {
  /// The task that waited for an answer was cancelled.
  static let requestCancelled = TransportError(.cancelled, "The request was cancelled.")
}
