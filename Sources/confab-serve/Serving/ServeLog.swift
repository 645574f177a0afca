import ACSTypes
import ACSWire
import Executor
import ServerProgram
import TrustedService

/// What the program tells of its work on standard error: one line of JSON each, never a user, a query or a secret.
struct ServeLog: Sendable {
  /// How much is told.
  enum Level: Int, Comparable, Sendable {
    /// What somebody should look after.
    case trouble
    /// That, and every request but those of watchers.
    case requests
    /// All.
    case everything

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  let level: Level
  let clock: SystemClock

  /// A request was answered.
  func request(_ record: RequestRecord, after duration: Duration) {
    let isWatcher = ["/healthz", "/readyz", "/metrics"].contains(record.route)
    guard level >= (isWatcher ? .everything : .requests) else { return }
    var line = beginning("info", "request")
    line["id"] = .string(record.id)
    line["method"] = .string(record.method)
    line["route"] = .string(record.route)
    line["status"] = .integer(Int64(record.status))
    line["ms"] = .number((duration / .microseconds(1)).rounded() / 1000)
    line["client"] = .string(record.client)
    line["caller"] = record.caller.map { .string($0) }
    line["problem"] = record.problem.map { .string($0) }
    write(line)
  }

  /// The settings were read again.
  func reloaded(_ what: String) {
    guard level >= .requests else { return }
    var line = beginning("info", "reload")
    line["what"] = .string(what)
    write(line)
  }

  /// Something failed that an operator can mend.
  func trouble(_ event: String, _ message: String) {
    var line = beginning("error", event)
    line["message"] = .string(message)
    write(line)
  }

  private func beginning(_ level: String, _ event: String) -> JSONObject {
    [
      "time": .string(clock.now.iso8601WithMilliseconds), "level": .string(level),
      "event": .string(event),
    ]
  }

  private func write(_ line: JSONObject) {
    StandardStreams.error(JSONValue.object(line).text)
  }
}
