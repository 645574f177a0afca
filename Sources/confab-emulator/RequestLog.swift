import ACSTypes
import ServerProgram

/// A line a request on standard error, with `--verbose`.
struct RequestLog {
  let isVerbose: Bool
  let isQuiet: Bool

  /// Tells what is worth knowing once.
  func warn(_ text: String) {
    if !isQuiet { StandardStreams.error("confab-emulator: \(text)") }
  }

  /// Tells what was asked and answered; of all queries and paths only those of sockets hold secrets.
  func write(_ request: HTTPRequest, _ response: HTTPResponse, now: Timestamp) {
    guard isVerbose else { return }
    let why = response.headers["X-Confab-Why"].map { "  \($0)" } ?? ""
    let target = request.target.hasPrefix("/socket.io/") ? "/socket.io/…" : request.target
    StandardStreams.error(
      "\(now.iso8601WithMilliseconds) \(request.method) \(target) \(response.status)\(why)")
  }
}
