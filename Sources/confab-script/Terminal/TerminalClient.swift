import ACSTypes
import CPty
import Cells
import ChildPrograms
import ClientModel
import EventLog
import Executor
import Glibc
import Phrases
import ScreenDecoder
import ScriptKit
import Views

/// Somebody's client as it is built, in a pseudo-terminal of its own.
///
/// What it shows is what it writes to the terminal; what it knows is what its recording gives.
final class TerminalClient: Seat {
  /// How long a key may take to be taken up.
  private static let keyPatience = Duration.seconds(5)

  let name: String
  let front: Front
  private let folder: String
  private let setting: SceneSetting
  private var size: Size
  private var screen: TerminalScreen
  private var recorded: RecordedClient
  private var runs = 0
  /// What happened in its earlier runs.
  private var kept = Diary()
  private(set) var process: pid_t?
  private(set) var isAsleep = false
  private var terminal: Int32 = -1
  /// What went wrong with it, once something did.
  private(set) var problem: String?
  private let clock = SystemClock()

  init(name: String, front: Front, folder: String, setting: SceneSetting) {
    self.name = name
    self.front = front
    self.folder = folder
    self.setting = setting
    size = Size(columns: setting.screen.columns, rows: setting.screen.rows)
    screen = TerminalScreen(size: size)
    recorded = RecordedClient(path: "")
  }

  deinit { kill() }

  var state: ClientState? { process == nil ? nil : recorded.state }

  var frame: Frame? {
    guard process != nil, let state = recorded.state else { return nil }
    var frame = screen.frame
    // What lies under the mouse no terminal tells; the client's own drawing of this state does.
    frame.regions = render(state, theme: Theme(), phrases: .english, reusing: nil).frame.regions
    return frame
  }

  var diary: Diary {
    var diary = kept.followed(by: recorded.diary)
    diary.requests = front.network.log.requests
    return diary
  }

  func clearDiary() {
    kept = Diary()
    recorded.clearDiary()
    front.network.clearLog()
  }

  /// Starts the program with the config file in its folder.
  func start() throws(StageError) {
    guard process == nil else { return }
    runs += 1
    let recording = "\(folder)/run-\(runs).events"
    kept = kept.followed(by: recorded.diary)
    recorded = RecordedClient(path: recording)
    screen = TerminalScreen(size: size)
    let program = ProgramWords.path(of: "confab")
    let arguments = [program, "--config", "\(folder)/config.json5", "--record", recording]
    let environment = ProgramWords.environment([
      "HOME": folder, "XDG_CONFIG_HOME": "\(folder)/config", "XDG_STATE_HOME": "\(folder)/state",
      "XDG_DATA_HOME": "\(folder)/data", "XDG_CACHE_HOME": "\(folder)/cache", "TZ": "UTC",
      "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": nil,
      "COLUMNS": nil, "LINES": nil, "CONFAB_CONFIG": nil, "NO_COLOR": nil,
    ])
    var terminal: Int32 = -1
    let number = ProgramWords.lend(arguments) { arguments in
      ProgramWords.lend(environment) { environment in
        confab_pty_spawn(
          arguments, environment, UInt16(size.columns), UInt16(size.rows), &terminal)
      }
    }
    guard number > 0 else {
      throw StageError("no terminal can be opened: \(String(cString: strerror(errno)))")
    }
    _ = fcntl(terminal, F_SETFL, O_NONBLOCK)
    (process, self.terminal) = (number, terminal)
  }

  /// Ends it as `kill -9` does.
  func kill() {
    guard let process else { return }
    Glibc.kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    over()
  }

  private func over() {
    close(terminal)
    (process, terminal, isAsleep) = (nil, -1, false)
  }

  func suspend(_ isAsleep: Bool) {
    guard let process else { return }
    Glibc.kill(process, isAsleep ? SIGSTOP : SIGCONT)
    self.isAsleep = isAsleep
  }

  /// Takes what it wrote and recorded; gives whether there was something.
  func read() -> Bool {
    guard let number = process else { return false }
    var status: Int32 = 0
    // What an ended program wrote last is read after its end.
    let hasEnded = waitpid(number, &status, WNOHANG) == number
    var hasRead = readTerminal()
    if recorded.read() { hasRead = true }
    if let reason = recorded.problem, problem == nil { problem = "\(name): \(reason)" }
    if hasEnded {
      if status != 0 {
        problem = "\(name)'s client ended with status \(confab_pty_exit_code(status))"
      }
      over()
      hasRead = true
    }
    return hasRead
  }

  private func readTerminal() -> Bool {
    var hasRead = false
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(terminal, &buffer, buffer.count)
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        return hasRead
      }
      screen.write(buffer[..<count])
      hasRead = true
    }
  }

  /// What can be waited for until it writes; negative while it does not run.
  var descriptor: Int32 { terminal }

  func take(_ events: [Event]) {
    for event in events where process != nil { take(event) }
  }

  /// Does it at the terminal, and waits until the client took it up.
  private func take(_ event: Event) {
    _ = read()
    let before = recorded.inputCount
    if case .resized(let viewport) = event {
      size = Size(columns: viewport.columns, rows: viewport.rows)
      screen.resize(to: size)
      guard confab_pty_resize(terminal, UInt16(size.columns), UInt16(size.rows)) else { return }
    } else if let bytes = KeyBytes.bytes(for: event) {
      send(bytes)
    } else {
      return
    }
    let end = clock.now + TerminalClient.keyPatience
    while process != nil, recorded.inputCount == before, clock.now < end {
      _ = confab_pty_readable(terminal, 2_000_000)
      _ = read()
    }
    if process != nil, recorded.inputCount == before, problem == nil {
      problem = "\(name)'s client did not take up \(event) within 5 s"
    }
  }

  private func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    let end = clock.now + TerminalClient.keyPatience
    while !rest.isEmpty, process != nil {
      let count = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        guard clock.now < end else { return }
        _ = read()
        usleep(1000)
      } else if errno != EINTR {
        return
      }
    }
  }
}
