import ArgumentTable
import BenchProgram
import CAllocations
import ClientModel

/// Prints a line for each kind of event: its name, and the bytes that it asks for in a small and in a large state.
///
/// Medians of many of the kind, so that an array that grows now and then by half does not count.
func reportAllocations() -> ExitCode {
  guard confab_counts_allocations() else {
    BenchProgram.complain("allocations are not counted under a sanitizer")
    return .unavailable
  }
  let small = ModelUnderTest(threads: 20, window: 50, filled: 10, keepsHistory: true)
  let large = ModelUnderTest(
    threads: 4000, window: Conversation.window, filled: 40, keepsHistory: true)
  var missing = Set(EventCase.all)
  for kind in EventKind.all {
    BenchProgram.say(
      "\(kind.name) \(bytes(kind, in: small, &missing)) \(bytes(kind, in: large, &missing))")
  }
  guard missing.isEmpty else {
    BenchProgram.complain("not measured: \(missing.sorted().joined(separator: ", "))")
    return .internal
  }
  return .done
}

private func bytes(
  _ kind: EventKind, in model: ModelUnderTest, _ missing: inout Set<String>
) -> Int {
  // What is shared with the state of before is copied once; that is this program's doing, not the event's.
  var model = model
  let turns = 41
  let asked = (0..<turns).map { turn in
    let event = kind.make(&model, turn)
    if let name = EventCase.name(of: event) { missing.remove(name) }
    let before = confab_allocated_bytes()
    model.take(event, after: .milliseconds(400))
    return Int(confab_allocated_bytes() - before)
  }
  return asked.sorted()[turns / 2]
}
