import ACSTypes
import BenchProgram
import ClientModel
import EventLog
import Glibc

/// Measures what `--record` adds to a message event: its line, and the writing of it.
///
/// Each event is reduced in two models in turns, of which one is recorded.
func recording() throws(RecordingFailure) -> [Figure] {
  var figures: [Figure] = []
  for redaction in [Redaction.tokens, .people] {
    let (plain, recorded) = try events(count: 10_001, redaction)
    let added = recorded.median.inMicroseconds - plain.median.inMicroseconds
    figures.append(
      Figure(
        "a message event recorded\(redaction == .tokens ? "" : ", texts and people left out"), "
          + "median", recorded.median.inMicroseconds, "µs", atMost: nil,
        "not recorded \(Figure.text(plain.median.inMicroseconds)), 99 of 100 recorded within "
          + Figure.text(recorded.percentile(99).inMicroseconds)))
    figures.append(
      Figure("what recording adds", added, "µs", atMost: redaction == .tokens ? 50 : 100))
  }
  return figures
}

/// Why nothing could be recorded.
struct RecordingFailure: Error, CustomStringConvertible {
  let description: String
}

private func events(
  count: Int, _ redaction: Redaction
) throws(RecordingFailure) -> (plain: Samples, recorded: Samples) {
  guard let file = tmpfile() else {
    throw RecordingFailure(description: "no file: \(String(cString: strerror(errno)))")
  }
  defer { fclose(file) }
  let threads = 1000
  var (plain, recorded) = (Samples(), Samples())
  var models = [true, true].map { ModelUnderTest(threads: threads, keepsHistory: $0) }
  var writer = EventLogWriter(redaction: redaction)
  let clock = ContinuousClock()
  for number in 0..<count {
    let event = ModelUnderTest.arrival(number, in: number &* 7919 % threads)
    plain.add(clock.measure { models[0].take(event) })
    recorded.add(
      clock.measure {
        let line = writer.line(models[1].next(event), in: models[1].state)
        _ = write(fileno(file), line, line.count)
        models[1].take(event)
      })
    for index in models.indices { models[index].finishSaving() }
  }
  return (plain, recorded)
}
