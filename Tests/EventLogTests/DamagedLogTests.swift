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
      "1:28: the log has form 7, and this version reads form 2; confab 2.0 wrote it")
    var damaged = lines
    damaged[2] = #"{"at":1,"entropy":"0000000000000005","event":{"pasted":{"_0":5}},"number":2}"#
    expect(
      damaged.joined(separator: "\n") + "\n",
      "3:62: this should be a text and is a number")
    damaged[2] = #"{"at":1,"entropy":"0000000000000005","event":{"pa"#
    expect(
      damaged.joined(separator: "\n") + "\n",
      "3:50: The JSON text should have a closing quote here.")
    damaged[2] = #"{"at":1,"entropy":"zz","event":{"started":{}},"number":2}"#
    expect(
      damaged.joined(separator: "\n") + "\n", "3:19: this should be sixteen hexadecimal digits")
  }

  @Test(
    "lines that were removed, doubled or moved are told",
    arguments: [
      ([0, 1, 3], "3:85: this is event 3 where event 2 should be"),
      ([0, 2, 3], "2:85: this is event 2 where event 1 should be"),
      ([0, 1, 2, 2, 3], "4:85: this is event 2 where event 3 should be"),
      ([0, 1, 3, 2], "3:85: this is event 3 where event 2 should be"),
    ])
  func order(of numbers: [Int], words: String) {
    let text = numbers.map { lines[$0] + "\n" }.joined()
    guard case .failure(let error) = reading(text) else {
      Issue.record("it was read")
      return
    }
    #expect(error.code == .damaged && error.description.contains("lines were removed, doubled"))
    let withoutColumn = { (text: String) in
      text.split(separator: ":").enumerated().filter { $0.offset != 1 }.map(\.element).joined()
    }
    #expect(withoutColumn(error.description).hasPrefix(withoutColumn(words)))
  }

  @Test(
    "what no client is started with is told, and nothing is reckoned with it",
    arguments: [
      (#""open":\[[^\]]*\]"#, #""open":[9223372036854775807,0]"#, "a time of up to a day"),
      (#""list":\[[^\]]*\]"#, #""list":[-9223372036854775808,0]"#, "a time of up to a day"),
      (#""live":\[[^\]]*\]"#, #""live":[9223372036854775807,0]"#, "a time of up to a day"),
      (
        #""activeSpan":\[[^\]]*\]"#, #""activeSpan":[-9223372036854775808,0]"#,
        "a time of up to a day"
      ),
      (
        #""minutesFromUTC":60"#, #""minutesFromUTC":9223372036854775807"#, "from -1500 to 1500"
      ),
      (
        #""minutesFromUTC":60"#, #""minutesFromUTC":-9223372036854775808"#, "from -1500 to 1500"
      ),
      (#""columns":80,"rows":24"#, #""columns":1000000000,"rows":1000000000"#, "this size"),
      (#""columns":80,"rows":24"#, #""columns":-1,"rows":24"#, "this size"),
    ])
  func excess(pattern: String, value: String, words: String) throws {
    let start = lines[0]
    let range = try #require(start.firstRange(of: try Regex(pattern)))
    let header = start.replacingCharacters(in: range, with: value)
    let text = ([header] + lines.dropFirst()).map { $0 + "\n" }.joined()
    guard case .failure(let error) = reading(text) else {
      Issue.record("it was read")
      return
    }
    #expect(error.code == .damaged && error.line == 1 && error.message.contains(words), "\(error)")
    let name = try #require(value.split(separator: "\"").first)
    // The column is that of the value, or of the object in which the two numbers of a size stand.
    let place = header[header.index(header.startIndex, offsetBy: error.column - 1)...]
    let before = header[..<place.startIndex]
    #expect(before.hasSuffix("\"\(name)\":") || before.hasSuffix("\"viewport\":"), "\(error)")
  }

  @Test("a size that no terminal has is told where it stands")
  func resized() {
    var damaged = lines
    damaged[1] =
      #"{"at":1,"entropy":"0000000000000005","event":{"resized":{"_0":{"columns":1000000000,"rows":1000000000}}},"number":1}"#
    expect(damaged.joined(separator: "\n") + "\n", "2:63: no terminal has this size")
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
