import ClientModel
import EventLog
import TestKit
import Testing

@Suite("A log that is not whole")
struct DamagedLogTests {
  /// A header and three events.
  private var lines: [String] {
    var writer = EventLogWriter(redaction: .tokens)
    let state = RandomEvents.client()
    var bytes = writer.header(state, program: "9.9.9")
    for event in [Event.started, .pasted("hello"), .clockAdvanced] {
      bytes += writer.line(
        Occurrence(now: RandomEvents.start, entropy: 5, event: event), in: state)
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// How many events can be read, or why not.
  private func reading(_ text: String) -> Result<(count: Int, isTorn: Bool), EventLogError> {
    do throws(EventLogError) {
      var replay = try Replay(Array(text.utf8))
      while try replay.step() != nil {}
      return .success((replay.position, replay.endsTorn))
    } catch {
      return .failure(error)
    }
  }

  private func expect(
    _ text: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .failure(let error) = reading(text) else {
      Issue.record("it was read", sourceLocation: sourceLocation)
      return
    }
    #expect(error.description == message, sourceLocation: sourceLocation)
  }

  @Test("a last line that is cut short at any place is left out, with a notice")
  func torn() throws {
    let whole = lines.joined(separator: "\n") + "\n"
    let start = whole.utf8.count - lines[3].utf8.count - 1
    for length in start...whole.utf8.count {
      let text = String(decoding: whole.utf8.prefix(length), as: UTF8.self)
      let (count, isTorn) = try reading(text).get()
      let isWhole = length >= whole.utf8.count - 1
      #expect(count == (isWhole ? 3 : 2) && isTorn == (!isWhole && length > start), "\(length)")
    }
  }

  @Test("what is wrong is told with line and column")
  func places() {
    expect("", "1:1: the file is empty and no event log")
    expect("{}\n", "1:1: the first line is not that of an event log: it has no number \"eventLog\"")
    expect(
      "{\"confab\":\"2.0\",\"eventLog\":7}\n",
      "1:28: the log has form 7, and this version reads form 1; confab 2.0 wrote it")
    var damaged = lines
    damaged[2] = #"{"at":1,"entropy":"0000000000000005","event":{"pasted":{"_0":5}}}"#
    expect(
      damaged.joined(separator: "\n") + "\n",
      "3:62: this should be a text and is a number")
    damaged[2] = #"{"at":1,"entropy":"0000000000000005","event":{"pa"#
    expect(
      damaged.joined(separator: "\n") + "\n",
      "3:50: The JSON text should have a closing quote here.")
    damaged[2] = #"{"at":1,"entropy":"zz","event":{"started":{}}}"#
    expect(
      damaged.joined(separator: "\n") + "\n", "3:19: this should be sixteen hexadecimal digits")
  }
}
