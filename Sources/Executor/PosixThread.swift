import Glibc

/// A named POSIX thread that takes no signals, so that signals reach the main thread.
public struct PosixThread: Sendable {
  private let handle: pthread_t

  /// Starts a thread that runs `body` once.
  ///
  /// - Parameters:
  ///   - name: Shown by `top -H` and `/proc`; cut after 15 bytes.
  ///   - body: What the thread does; the thread ends when it returns.
  public init(name: String, _ body: @escaping @Sendable () -> Void) {
    let start = Unmanaged.passRetained(ThreadStart(name: name, body: body))
    var handle = pthread_t()
    let status = withSignalsBlocked {
      pthread_create(&handle, nil, runThread, start.toOpaque())
    }
    precondition(status == 0, "no thread could be started: \(String(cString: strerror(status)))")
    self.handle = handle
  }

  /// Waits for the thread's end.
  ///
  /// Call it once at most, and never from the thread itself.
  public func join() {
    pthread_join(handle, nil)
  }

  /// Lets the thread end unobserved.
  ///
  /// Call it instead of ``join()``.
  public func detach() {
    pthread_detach(handle)
  }

  /// Whether the caller runs on this thread.
  public var isCurrent: Bool {
    pthread_equal(pthread_self(), handle) != 0
  }
}

/// Runs `body` while every signal is held back; threads that it starts inherit that for good.
public func withSignalsBlocked<Result>(_ body: () -> Result) -> Result {
  var all = sigset_t()
  var before = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  return body()
}

/// What a new thread needs to begin.
private final class ThreadStart: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
  nameCurrentThread(start.name)
  start.body()
  return nil
}

/// Names the calling thread; Glibc's own function for it is not visible from Swift.
private func nameCurrentThread(_ name: String) {
  let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  let bytes = Array(name.utf8.prefix(15))
  _ = write(file, bytes, bytes.count)
  close(file)
}
