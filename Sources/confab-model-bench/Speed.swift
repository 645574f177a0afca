import ACSTypes
import CAllocations
import ClientModel
import EventLog
import FoundationEssentials
import Glibc

/// Measures what the model alone does in a time and in a place.
func speed(events: Int, threads: Int, rounds: Int) -> [Figure] {
  [
    Figure(
      name: "message events into \(threads) threads, a second",
      value: (0..<rounds).map { _ in eventsPerSecond(events, threads: threads) }.median,
      unit: "", limit: 200_000, isLeast: true),
    Figure(
      name: "insert at any place of a window of \(Conversation.window), median",
      value: insertMicroseconds(count: 2001), unit: "µs", limit: 20, isLeast: false),
    Figure(
      name: "resident for a message kept in memory", value: bytesPerMessage(), unit: "bytes",
      limit: 140, isLeast: false),
    Figure(
      name: "the line of a message event in a recorded run, median",
      value: lineMicroseconds(.tokens),
      unit: "µs", limit: 50, isLeast: false),
    Figure(
      name: "the same with texts and people left out, median", value: lineMicroseconds(.people),
      unit: "µs", limit: 100, isLeast: false),
  ]
}

/// Message events that come one after the other, each to another thread; made before the clock runs.
private func eventsPerSecond(_ count: Int, threads: Int) -> Double {
  var model = ModelUnderTest(threads: threads)
  let clock = ContinuousClock()
  var spent = Duration.zero
  var number = 0
  while number < count {
    let batch = (number..<min(number + 10_000, count)).map { number in
      ModelUnderTest.arrival(number, in: number &* 7919 % threads)
    }
    spent += clock.measure {
      for event in batch { model.take(event) }
    }
    number += batch.count
    model.settle(threads: threads)
  }
  return Double(count) / seconds(spent)
}

/// Messages that come late, each to another place of a full window.
private func insertMicroseconds(count: Int) -> Double {
  var model = ModelUnderTest(threads: 10)
  for number in 0..<Conversation.window { model.take(ModelUnderTest.arrival(number * 10, in: 0)) }
  model.settle(threads: 10)
  let clock = ContinuousClock()
  return (0..<count).map { turn in
    // One of the window's first places is let go for each that comes, so that it stays full.
    let number = (turn &* 7919 % Conversation.window) * 10 + 1 + turn % 9
    let event = ModelUnderTest.arrival(number, in: 0)
    return seconds(clock.measure { model.take(event) }) * 1_000_000
  }.median
}

/// What `--record` adds to an event, but for the writing of the line.
private func lineMicroseconds(_ redaction: Redaction) -> Double {
  let model = ModelUnderTest(threads: 10)
  var writer = EventLogWriter(redaction: redaction)
  let clock = ContinuousClock()
  return (0..<2001).map { number in
    let occurrence = Occurrence(
      now: ModelUnderTest.start, entropy: .max, event: ModelUnderTest.arrival(number, in: 0))
    return seconds(clock.measure { _ = writer.line(occurrence, in: model.state) }) * 1_000_000
  }.median
}

/// What the process grows by for the messages of some full windows.
private func bytesPerMessage() -> Double {
  let threads = 50
  var model = ModelUnderTest(threads: threads)
  let before = residentBytes()
  for number in 0..<Conversation.window {
    for thread in 0..<threads { model.take(ModelUnderTest.arrival(number, in: thread)) }
  }
  let kept = model.state.conversations.values.reduce(0) { $0 + $1.messages.count }
  return Double(residentBytes() - before) / Double(kept)
}

/// What of this process is in memory now.
private func residentBytes() -> Int {
  confab_trim_memory()
  let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  let resident = pages.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return resident * Int(sysconf(Int32(_SC_PAGESIZE)))
}

private func seconds(_ duration: Duration) -> Double {
  let parts = duration.components
  return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
}
