import CProcess
import ChildPrograms
import Glibc
import ScriptKit

/// A server of a scene, as a child that ends with the thread that started it.
final class ServerChild {
  private let name: String
  private let number: pid_t
  private let readyPath: String
  private var isReaped = false

  /// Starts a server that writes its facts to a ready file in `folder`; what it says goes to a log beside.
  init(_ name: String, _ arguments: [String], folder: String) throws(StageError) {
    self.name = name
    readyPath = "\(folder)/\(name).json"
    unlink(readyPath)
    let path = ProgramWords.path(of: name)
    let log = open("\(folder)/\(name).log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer {
      close(log)
      close(nothing)
    }
    var mask = sigset_t()
    sigemptyset(&mask)
    var number: pid_t = 0
    let reason = ProgramWords.lend([path] + arguments + ["--ready-file", readyPath]) { arguments in
      ProgramWords.lend(ProgramWords.environment(["HOME": folder, "XDG_DATA_HOME": nil])) {
        confab_start(path, arguments, $0, [nothing, log, log], -1, 1, &mask, &number)
      }
    }
    guard reason == 0 else {
      throw StageError(
        "\(path) cannot be started: \(String(cString: strerror(reason))). `make build` makes it.")
    }
    self.number = number
  }

  /// Waits for the ready file, and gives its bytes.
  func facts() throws(StageError) -> [UInt8] {
    for _ in 0..<1000 {
      if let bytes = DiskFiles.read(readyPath), !bytes.isEmpty { return bytes }
      guard !hasEnded else { throw StageError("\(name) ended before it was ready") }
      usleep(10_000)
    }
    throw StageError("\(name) was not ready within 10 s")
  }

  /// Why the scene cannot go on, once it ended by itself.
  var problem: String? { hasEnded ? "\(name) ended by itself" : nil }

  private var hasEnded: Bool {
    var status: Int32 = 0
    if !isReaped { isReaped = waitpid(number, &status, WNOHANG) == number }
    return isReaped
  }

  /// Ends it as `kill -9` does.
  func kill() {
    guard !isReaped else { return }
    isReaped = true
    Glibc.kill(number, SIGKILL)
    var status: Int32 = 0
    waitpid(number, &status, 0)
  }
}
