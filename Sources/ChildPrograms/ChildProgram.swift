import CProcess
import Glibc
import Services

/// One call, on the thread that waits for it.
enum ChildProgram {
  /// Runs `call`; returns when it has ended and everything is read.
  static func run(
    _ call: ProgramCall, at path: String, in group: ProcessGroup
  ) -> Result<ProgramResult, ProgramError> {
    guard let output = OutputPipe(), let errors = OutputPipe() else {
      return .failure(
        ProgramError(
          .cannotStart, "\(call.program) cannot be started: \(String(cString: strerror(errno)))."))
    }
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    var mask = sigset_t()
    sigemptyset(&mask)
    var number: pid_t = 0
    let reason = ProgramWords.lend([path] + call.arguments) { arguments in
      confab_start(
        path, arguments, confab_environment(), [nothing, output.writing, errors.writing], -1, 1,
        &mask, &number)
    }
    output.closeWriting()
    errors.closeWriting()
    guard reason == 0 else {
      return .failure(
        ProgramError(
          .cannotStart, "\(path) cannot be started: \(String(cString: strerror(reason)))."))
    }
    if !group.started(number) { kill(-number, SIGKILL) }
    let end = confab_process_file(number)
    defer { close(end) }
    let ending = read([output, errors], until: end, for: call.timeout)
    if ending != .complete { group.kill() }
    let code = group.wait(for: number)
    switch ending {
    case .complete:
      return .success(
        ProgramResult(exitCode: code, output: output.bytes, errorOutput: errors.bytes))
    case .timedOut:
      return .failure(
        ProgramError(
          .timedOut, "\(call.program) did not end within \(call.timeout.components.seconds) s."))
    case .tooMuch:
      return .failure(
        ProgramError(.tooMuchOutput, "\(call.program) wrote more than is taken."))
    }
  }

  private enum Ending {
    case complete
    case timedOut
    case tooMuch
  }

  /// Reads until both pipes are at their end, and `end` tells that the program is: it may close them and go on.
  private static func read(
    _ pipes: [OutputPipe], until end: Int32, for timeout: Duration
  ) -> Ending {
    let deadline = Monotonic.now + timeout
    var hasEnded = end < 0
    while true {
      let open = pipes.filter { !$0.isOver }
      if open.isEmpty, hasEnded { return .complete }
      let left = deadline - Monotonic.now
      guard left > .zero else { return .timedOut }
      var polled = open.map { pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0) }
      if !hasEnded { polled.append(pollfd(fd: end, events: Int16(POLLIN), revents: 0)) }
      let milliseconds = min(left / .milliseconds(1) + 1, 3_600_000)
      guard poll(&polled, nfds_t(polled.count), Int32(milliseconds)) > 0 else { continue }
      if polled.count > open.count, polled[open.count].revents != 0 { hasEnded = true }
      for (pipe, entry) in zip(open, polled) where entry.revents != 0 {
        pipe.read()
        if pipe.bytes.count > ChildProgramRunner.maximumOutput { return .tooMuch }
      }
    }
  }
}

/// What a child writes to one of its outputs.
private final class OutputPipe {
  let reading: Int32
  let writing: Int32
  private(set) var bytes: [UInt8] = []
  private(set) var isOver = false
  private var isWritingOpen = true

  init?() {
    var ends: [Int32] = [-1, -1]
    guard confab_pipe(&ends) == 0 else { return nil }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    closeWriting()
    close(reading)
  }

  func closeWriting() {
    if isWritingOpen { close(writing) }
    isWritingOpen = false
  }

  /// Takes what is there; called when there is something.
  func read() {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = Glibc.read(reading, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 || errno != EINTR {
      isOver = true
    }
  }
}

/// Time since some moment, which no change of the clock touches.
private enum Monotonic {
  static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
