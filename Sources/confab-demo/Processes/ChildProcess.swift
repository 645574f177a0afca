import ArgumentTable
import CProcess
import ChildPrograms
import Glibc

/// A program that runs as a child of this one, and gets SIGTERM when this one ends, in whatever way.
///
/// Only the main thread touches it: the kernel ties the child to the thread that started it.
final class ChildProcess {
  /// How a process ended.
  enum Ending: Equatable {
    /// By itself, with an exit code.
    case exited(Int32)
    /// By a signal.
    case killed(Int32)

    /// The exit code as a shell would tell it.
    var code: Int32 {
      switch self {
      case .exited(let code): code
      case .killed(let signal): 128 + signal
      }
    }
  }

  /// What a child starts with.
  struct Start {
    /// The program's name, for messages.
    var name: String
    /// What stands behind the name on its command line.
    var arguments: [String]
    /// Variables set besides those of this process.
    var environment: [String: String] = [:]
    /// What becomes its standard input, output and error.
    var files: [Int32] = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    /// A further file that stays open under its number.
    var inherited: Int32?
    /// True for a program that a terminal's keys must not reach.
    var hasOwnGroup = false
  }

  /// The program's name, for messages.
  let name: String
  /// How it ended; `nil` while it runs.
  private(set) var ending: Ending?
  /// Whether it was stopped, as a job of a shell is, since ``resume()``.
  private(set) var isStopped = false
  private let number: pid_t

  /// Starts a program, which is looked for where this one is, with the signals of `mask` blocked.
  init(_ start: Start, mask: sigset_t) throws(DemoError) {
    let path = ProgramWords.path(of: start.name)
    var mask = mask
    var number: pid_t = 0
    let reason = ProgramWords.lend([path] + start.arguments) { arguments in
      ProgramWords.lend(ProgramWords.environment(start.environment)) { environment in
        confab_start(
          path, arguments, environment, start.files, start.inherited ?? -1,
          start.hasOwnGroup ? 1 : 0, &mask, &number)
      }
    }
    guard reason == 0 else {
      throw DemoError(
        .unavailable,
        "\(path) cannot be started: \(String(cString: strerror(reason))). `make build` makes it.")
    }
    name = start.name
    self.number = number
  }

  /// Its exit code as a shell would tell it; `nil` while it runs.
  var code: Int32? {
    check()
    return ending?.code
  }

  /// Takes note of what became of it; never waits.
  func check() {
    var status: Int32 = 0
    while ending == nil, waitpid(number, &status, WNOHANG | WUNTRACED) == number {
      // The macros of wait(2), which Swift cannot import.
      let signal = status & 0x7F
      switch signal {
      case 0: ending = .exited(status >> 8 & 0xFF)
      case 0x7F: isStopped = true
      default: ending = .killed(signal)
      }
    }
  }

  /// Sends it a signal, unless it has ended.
  func send(_ signal: Int32) {
    check()
    if ending == nil { kill(number, signal) }
  }

  /// Lets it go on after it was stopped.
  func resume() {
    isStopped = false
    send(SIGCONT)
  }
}
