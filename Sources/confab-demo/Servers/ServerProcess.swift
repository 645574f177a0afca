import ArgumentTable
import Glibc

/// A server that runs for the demo alone, and ends when its standard input does.
final class ServerProcess {
  /// How long it may take until it listens.
  private static let startLimit = Duration.seconds(20)
  /// How long it may take to end in good order.
  private static let endLimit = Duration.seconds(2)

  private let child: ChildProcess
  private let firstLine: FirstLine
  /// What it writes to standard error: shown only when something went wrong, as the terminal is the client's.
  private let errors: MemoryFile
  /// The pipe whose end tells it to end; -1 once closed.
  private var input: Int32
  /// After it was told to end.
  private var isEnding = false

  /// Starts the server called `name`.
  init(
    _ name: String, arguments: [String], environment: [String: String] = [:], watch: Watch
  ) throws(DemoError) {
    errors = try MemoryFile(name: name)
    let toServer = try Pipe()
    let fromServer = try Pipe()
    defer {
      close(toServer.reading)
      close(fromServer.writing)
    }
    do {
      child = try ChildProcess(
        ChildProcess.Start(
          name: name, arguments: arguments, environment: environment,
          files: [toServer.reading, fromServer.writing, errors.number], hasOwnGroup: true),
        mask: watch.mask)
    } catch {
      close(toServer.writing)
      close(fromServer.reading)
      errors.close()
      throw error
    }
    input = toServer.writing
    firstLine = FirstLine(of: fromServer.reading, watch: watch)
  }

  deinit {
    if input >= 0 { close(input) }
    errors.close()
  }

  /// Waits until it listens.
  ///
  /// - Returns: The facts that it tells on its standard output.
  func facts(_ watch: Watch) throws(DemoError) -> ServerFacts {
    let outcome = watch.wait(upTo: Self.startLimit) { [child, firstLine] interruption in
      child.check()
      if let interruption {
        return Result<String, DemoError>.failure(.init(interruptedBy: interruption))
      }
      if let text = firstLine.text { return .success(text) }
      guard child.ending != nil, firstLine.isOver else { return nil }
      return .failure(DemoError(.unavailable, "\(child.name) did not start."))
    }
    do throws(DemoError) {
      guard let outcome else {
        throw DemoError(
          .unavailable,
          "\(child.name) does not listen after \(Self.startLimit.components.seconds) s.")
      }
      return try ServerFacts(try outcome.get(), of: child.name)
    } catch {
      guard !error.message.isEmpty else { throw error }
      throw DemoError(exitCode: error.exitCode, message: error.message + words)
    }
  }

  /// Tells it to end.
  func end() {
    isEnding = true
    if input >= 0 { close(input) }
    input = -1
  }

  /// Waits until it has ended, and insists if it does not.
  func join(_ watch: Watch) {
    for signal in [SIGTERM, SIGKILL] {
      if watch.wait(upTo: Self.endLimit, { [child] _ in child.code }) != nil { return }
      child.send(signal)
    }
    _ = watch.wait { [child] _ in child.code }
  }

  /// What is to be said of it at the end; `nil` when it ran until it was told to end.
  var complaint: String? {
    child.check()
    guard !isEnding, let ending = child.ending else { return nil }
    let how =
      switch ending {
      case .exited(let code): "with exit code \(code)"
      case .killed(let signal): "by signal \(signal)"
      }
    return "\(child.name) ended \(how) while the demo ran.\(words)"
  }

  /// What it wrote to standard error, on lines of its own.
  private var words: String {
    var text = errors.end()[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.isEmpty ? "" : "\n\(text)"
  }
}
