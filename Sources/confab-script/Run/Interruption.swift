import Executor
import Glibc
import ScriptKit

/// What is tidied up when somebody ends the program in the middle of scenes: folders, in which secrets may lie.
enum Interruption {
  /// Watches for signals that end the program; call it before any other thread is started.
  static func watch() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    PosixThread(name: "signals") { [set] in
      var set = set
      var signal: Int32 = 0
      while sigwait(&set, &signal) != 0 {}
      ScratchFolder.removeAll()
      // Whoever started it sees by what it ended.
      Glibc.signal(signal, SIG_DFL)
      kill(getpid(), signal)
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      ProgramEnd.leave(with: 128 + signal)
    }.detach()
  }
}
