public import ACSTypes
public import ClientModel

/// The way of the client through a log, forwards one event at a time.
public struct Replay: Sendable {
  /// The first line of the log.
  public var header: EventLogHeader { reader.header }
  /// The state after ``position`` events.
  public private(set) var state: ClientState
  /// How many events have happened.
  public private(set) var position = 0
  /// True after the last line turned out to be cut short.
  public var endsTorn: Bool { reader.endsTorn }
  private var reader: EventLogReader

  /// A replay before the first event.
  ///
  /// - Throws: ``EventLogError`` for what is no log, or one whose form this version does not read.
  public init(_ bytes: [UInt8]) throws(EventLogError) {
    reader = try EventLogReader(bytes)
    state = reader.header.initialState
  }

  /// What one event was and asked for; the state after it is the replay's.
  public struct Step: Sendable {
    /// What happened.
    public let occurrence: Occurrence
    /// What the client asked for; nobody does it.
    public let effects: [Effect]
  }

  /// Takes lines that were written since, whole ones: the replay of a run that goes on.
  public mutating func append(_ lines: [UInt8]) { reader.append(lines) }

  /// Lets the next event happen; `nil` at the end of the log, and before an event that is later than `moment`.
  ///
  /// - Throws: ``EventLogError`` for a line that is not what it should be; the state stays.
  public mutating func step(until moment: Timestamp? = nil) throws(EventLogError) -> Step? {
    let here = reader
    guard let occurrence = try reader.next() else { return nil }
    if let moment, occurrence.now > moment {
      reader = here
      return nil
    }
    position += 1
    return Step(occurrence: occurrence, effects: reduce(into: &state, occurrence))
  }
}
