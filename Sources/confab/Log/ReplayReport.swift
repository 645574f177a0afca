import ACSTypes
import ACSWire
import ClientModel
import EventLog

/// Goes through a log as far as is wanted and prints what it met.
struct ReplayReport {
  private var replay: Replay
  private let screen: ReplayedScreen
  private let isFollowing: Bool
  private let isJSON: Bool
  private var first: Timestamp?
  private var last: Timestamp?
  private var asked: [String: Int] = [:]
  private var shown = ""

  var endsTorn: Bool { replay.endsTorn }
  /// True when it ended before an event that is later than was wanted.
  private(set) var endsEarly = false
  /// How many events have happened.
  var position: Int { replay.position }

  init(_ replay: Replay, _ screen: ReplayedScreen, isFollowing: Bool, isJSON: Bool) {
    self.replay = replay
    self.screen = screen
    self.isFollowing = isFollowing
    self.isJSON = isJSON
  }

  /// Lets events happen: all of them, `number` of them, or those up to a moment.
  ///
  /// - Throws: `EventLogError` for a line that is not what it should be.
  mutating func run(at number: Int?, until moment: Timestamp?) throws {
    while number.map({ replay.position < $0 }) ?? true {
      guard let step = try replay.step(until: moment) else {
        var rest = replay
        return endsEarly = try rest.step() != nil
      }
      first = first ?? step.occurrence.now
      last = step.occurrence.now
      for effect in step.effects { asked[StateTree.caseName(effect.action), default: 0] += 1 }
      if isFollowing { follow(step) }
    }
  }

  private mutating func follow(_ step: Replay.Step) {
    let text = screen.text(of: replay.state)
    guard text != shown else { return }
    shown = text
    let event = StateTree.caseName(step.occurrence.event)
    guard isJSON else {
      let time = step.occurrence.now.iso8601WithMilliseconds
      return print("── \(replay.position)  \(time)  \(event)\n\(text)")
    }
    let line: JSONValue = [
      "event": .integer(Int64(replay.position)), "at": .integer(step.occurrence.now.milliseconds),
      "kind": .string(event), "screen": .string(text),
    ]
    print(line.text)
  }

  /// Prints the part of the state at `path`; false when there is none.
  func printState(path: String) -> Bool {
    guard let tree = StateTree(replay.state)[path] else { return false }
    guard isJSON else {
      print(tree.text)
      return true
    }
    let leaves = tree.leaves.map { ($0.path, JSONValue.string($0.text)) }
    print(JSONValue.object(JSONObject(leaves)).text)
    return true
  }

  /// Prints the last screen, and what the way to it was.
  func printEnd(withSummary: Bool) {
    let text = screen.text(of: replay.state)
    let effects = asked.sorted { $0.key < $1.key }
    if isJSON {
      let summary: JSONValue = [
        "confab": .string(replay.header.program),
        "redacted": .string(replay.header.redaction.rawValue),
        "events": .integer(Int64(replay.position)), "isTorn": .bool(endsTorn),
        "from": first.map { .integer($0.milliseconds) } ?? nil,
        "to": last.map { .integer($0.milliseconds) } ?? nil,
        "effects": .object(JSONObject(effects.map { ($0.key, .integer(Int64($0.value))) })),
        "screen": .string(text),
      ]
      return print(summary.text)
    }
    if withSummary {
      print("events   \(replay.position)")
      if let first, let last {
        print("from     \(first.iso8601WithMilliseconds)")
        print("to       \(last.iso8601WithMilliseconds)")
      }
      let list = effects.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      print("asked    \(list.isEmpty ? "nothing" : list)\n")
    }
    print(text)
  }
}
