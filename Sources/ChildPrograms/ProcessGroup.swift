import Glibc
import Synchronization

/// The processes of one call, which may be called off before and while they run.
final class ProcessGroup: Sendable {
  private enum State {
    /// Before the child was started.
    case empty
    /// While the child has not been waited for, so that its number means it.
    case running(pid_t)
    /// After it was called off.
    case calledOff
  }

  private let state = Mutex(State.empty)

  /// The child that leads the group.
  ///
  /// - Returns: False when the call was called off meanwhile.
  func started(_ leader: pid_t) -> Bool {
    state.withLock { state in
      guard case .empty = state else { return false }
      state = .running(leader)
      return true
    }
  }

  /// Waits for the leader's end.
  ///
  /// - Returns: Its exit code, as a shell would tell it.
  func wait(for leader: pid_t) -> Int32 {
    // Left as it is, a zombie keeps its number; so nobody else can be killed by it.
    var information = siginfo_t()
    while waitid(P_PID, id_t(leader), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    state.withLock { $0 = .calledOff }
    var status: Int32 = 0
    while waitpid(leader, &status, 0) < 0, errno == EINTR {}
    // The macros of wait(2), which Swift cannot import.
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Ends all of its processes.
  func kill() {
    state.withLock { state in
      if case .running(let leader) = state {
        Glibc.kill(-leader, SIGKILL)
      } else {
        state = .calledOff
      }
    }
  }
}
