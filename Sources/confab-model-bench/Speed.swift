import ACSTypes
import BenchProgram
import CAllocations
import ClientModel
import FoundationEssentials
import Glibc

/// Measures what the model alone does in a time and in a place, with a history on disk and without.
func speed(events: Int, threads: Int, rounds: Int) -> [Figure] {
  [true, false].flatMap { keepsHistory in
    let kept = keepsHistory ? "history kept" : "nothing kept"
    let inserts = inserts(count: 2001, keepsHistory: keepsHistory)
    return [
      Figure(
        "message events into \(threads) threads, a second of a processor, \(kept)",
        (0..<rounds).map { _ in
          eventsPerSecond(events, threads: threads, keepsHistory: keepsHistory)
        }.median, "", atLeast: 200_000),
      Figure(
        "insert at any place of a window of \(Conversation.window), median, \(kept)",
        inserts.median.inMicroseconds, "µs", atMost: 20,
        "99 of 100 within \(Figure.text(inserts.percentile(99).inMicroseconds))"),
      Figure(
        "resident for a message kept in memory, \(kept)",
        bytesPerMessage(keepsHistory: keepsHistory), "bytes", atMost: 140),
    ]
  }
}

/// Message events that come one after the other, each to another thread; made before the clock runs.
///
/// What is to be kept is on the disk after a thousand more, which is sooner than a disk can do it.
private func eventsPerSecond(_ count: Int, threads: Int, keepsHistory: Bool) -> Double {
  var model = ModelUnderTest(threads: threads, keepsHistory: keepsHistory)
  var spent = Duration.zero
  var number = 0
  while number < count {
    let batch = (number..<min(number + 1000, count)).map { number in
      ModelUnderTest.arrival(number, in: number &* 7919 % threads)
    }
    spent += processorTime {
      for event in batch { model.take(event) }
      model.finishSaving()
    }
    number += batch.count
    if number % 10_000 == 0 { model.settle(threads: threads) }
  }
  return Double(count) / spent.inSeconds
}

/// Messages that come late, each to another place of a full window.
private func inserts(count: Int, keepsHistory: Bool) -> Samples {
  var model = ModelUnderTest(threads: 10, keepsHistory: keepsHistory)
  for number in 0..<Conversation.window { model.take(ModelUnderTest.arrival(number, in: 0)) }
  model.settle(threads: 10)
  let clock = ContinuousClock()
  var times = Samples()
  var places: [Int64] = []
  for turn in 0..<count {
    // The oldest are let go of two hundred at a time; what comes before the first is not taken in.
    if turn % 100 == 0 { places = model.places(in: 0).suffix(Conversation.window - 200) }
    let place = places[turn &* 7919 % places.count] + 1 + Int64(turn / 100 % 9)
    let isNew = !model.holds(place, in: 0)
    let event = Event.chatSignalled(
      .event(
        .messageReceived(
          ModelUnderTest.thread(0), ModelUnderTest.message(at: place, text: turn))))
    let time = clock.measure { model.take(event) }
    precondition(model.holds(place, in: 0), "a late message is not taken in")
    if isNew { times.add(time) }
    model.finishSaving()
  }
  precondition(times.values.count > count * 9 / 10, "hardly any of them were late ones")
  return times
}

/// What the process grows by for the messages of some full windows.
private func bytesPerMessage(keepsHistory: Bool) -> Double {
  let threads = 50
  var model = ModelUnderTest(threads: threads, keepsHistory: keepsHistory)
  let before = residentBytes()
  for number in 0..<Conversation.window {
    for thread in 0..<threads { model.take(ModelUnderTest.arrival(number, in: thread)) }
    model.finishSaving()
  }
  model.settle(threads: threads)
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
