import ACSTypes
import ClientModel
import ClientRuntime
import EventLog

/// What happened to one run of a client, in the form of a file of `confab --record`.
final class Recording: OccurrenceRecorder {
  private var writer = EventLogWriter(redaction: .tokens)
  private(set) var bytes: [UInt8]

  /// A recording of a client that begins at `state`.
  init(_ state: ClientState) {
    bytes = writer.header(state, program: "0.1.0")
  }

  func record(_ occurrence: Occurrence, in state: ClientState) -> ServiceError? {
    bytes += writer.line(occurrence, in: state)
    return nil
  }

  /// The first line in which the state that the recording gives differs from `state`; `nil` when none does.
  ///
  /// - Throws: `EventLogError` for a recording that cannot be read.
  func difference(from state: ClientState) throws(EventLogError) -> String? {
    var replay = try Replay(bytes)
    while try replay.step() != nil {}
    let given = StateTree(replay.state).text
    let wanted = StateTree(state).text
    guard given != wanted else {
      return replay.state == state ? nil : "they differ in what no line of theirs shows"
    }
    let lines = zip(given.split(separator: "\n"), wanted.split(separator: "\n"))
    let first = lines.first { $0 != $1 }
    return first.map { "\($0) instead of \($1)" } ?? "one ends before the other"
  }
}
