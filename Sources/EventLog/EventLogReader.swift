import ACSWire
public import ClientModel

/// Reads a log line by line.
public struct EventLogReader: Sendable {
  /// The first line.
  public let header: EventLogHeader
  /// True after the last line turned out to be cut short, as a program leaves it that was killed while it wrote; what
  /// came before is whole.
  public private(set) var endsTorn = false
  private var bytes: [UInt8]
  private var index = 0
  private var lineNumber = 0

  /// Reads the first line of a log.
  ///
  /// - Throws: ``EventLogError`` for what is no log, or one whose form this version does not read.
  public init(_ bytes: [UInt8]) throws(EventLogError) {
    self.bytes = bytes
    var start = Lines(bytes: bytes)
    guard let first = start.next() else {
      throw EventLogError(.notALog, "the file is empty and no event log", line: 1, column: 1)
    }
    let form: JSONValue
    do throws(WireError) {
      form = try JSONValue.parse(Array(first))
    } catch {
      throw EventLogError(
        .notALog, "the first line is not that of an event log: \(error.message)", line: 1,
        column: error.position?.column ?? 1)
    }
    guard let number = form["eventLog"]?.integer else {
      throw EventLogError(
        .notALog, "the first line is not that of an event log: it has no number \"eventLog\"",
        line: 1, column: 1)
    }
    guard number == EventLogHeader.currentForm else {
      var place = JSONPlace(Array(first))
      let program = form["confab"]?.string.map { "; confab \($0) wrote it" } ?? ""
      throw EventLogError(
        .otherForm,
        "the log has form \(number), and this version reads form \(EventLogHeader.currentForm)"
          + program,
        line: 1, column: place.column(of: [PathKey("eventLog")]))
    }
    header = try Self.decode(EventLogHeader.self, form, first, line: 1)
    if let excess = header.excess { throw Self.damage(excess.words, at: excess.path, of: first, 1) }
    index = start.index
    lineNumber = 1
  }

  /// Takes lines that were written since, whole ones.
  public mutating func append(_ lines: [UInt8]) {
    bytes.removeFirst(index)
    index = 0
    bytes += lines
  }

  /// The next occurrence; `nil` at the end, and at a last line that is cut short.
  ///
  /// - Throws: ``EventLogError`` for a line that is not what it should be.
  public mutating func next() throws(EventLogError) -> Occurrence? {
    var lines = Lines(bytes: bytes, index: index)
    guard let line = lines.next() else { return nil }
    index = lines.index
    lineNumber += 1
    let form: JSONValue
    do throws(WireError) {
      form = try JSONValue.parse(Array(line))
    } catch {
      guard lines.wasEnded else {
        endsTorn = true
        return nil
      }
      throw EventLogError(
        .damaged, error.message, line: lineNumber, column: error.position?.column ?? 1)
    }
    let logged = try Self.decode(LoggedOccurrence.self, form, line, line: lineNumber)
    let number = lineNumber - 1
    guard logged.number == number else {
      throw Self.damage(
        "this is event \(logged.number) where event \(number) should be: lines were removed, "
          + "doubled or moved", at: ["number"], of: line, lineNumber)
    }
    guard let occurrence = logged.occurrence else {
      throw Self.damage(
        "this should be sixteen hexadecimal digits", at: ["entropy"], of: line, lineNumber)
    }
    if let excess = occurrence.event.excess {
      throw Self.damage(excess.words, at: ["event"] + excess.path, of: line, lineNumber)
    }
    return occurrence
  }

  private static func damage(
    _ message: String, at path: [String], of bytes: ArraySlice<UInt8>, _ line: Int
  ) -> EventLogError {
    var place = JSONPlace(Array(bytes))
    return EventLogError(
      .damaged, message, line: line, column: place.column(of: path.map { PathKey($0) }))
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ form: JSONValue, _ bytes: ArraySlice<UInt8>, line: Int
  ) throws(EventLogError) -> Value {
    let context: DecodingError.Context
    do {
      return try Value(form: form)
    } catch DecodingError.typeMismatch(_, let found), DecodingError.valueNotFound(_, let found),
      DecodingError.keyNotFound(_, let found), DecodingError.dataCorrupted(let found)
    {
      context = found
    } catch {
      context = .init(codingPath: [], debugDescription: "\(error)")
    }
    var place = JSONPlace(Array(bytes))
    throw EventLogError(
      .damaged, context.debugDescription, line: line, column: place.column(of: context.codingPath))
  }
}

/// The lines of a text, without their line feeds.
private struct Lines {
  let bytes: [UInt8]
  var index = 0
  /// True when the last line that came had a line feed.
  var wasEnded = false

  mutating func next() -> ArraySlice<UInt8>? {
    guard index < bytes.count else { return nil }
    let end = bytes[index...].firstIndex(of: 0x0A)
    wasEnded = end != nil
    defer { index = (end ?? bytes.count - 1) + 1 }
    return bytes[index..<(end ?? bytes.count)]
  }
}
