import ACSTypes
import Cells
import ClientModel
import EventLog

/// A failure with all that helps to see why.
struct FailureReport {
  /// How many lines of the state and of what happened are shown.
  private static let stateLines = 14
  private static let eventLines = 12

  private let failure: StepFailure
  private let run: SceneRun
  private let command: String

  init(_ failure: StepFailure, _ run: SceneRun, command: String) {
    self.failure = failure
    self.run = run
    self.command = command
  }

  var text: String {
    var lines = [
      "\(run.step?.place.description ?? run.scene.place.description): FAILED \(quoted(run.scene.name))"
    ]
    if let step = run.step {
      lines.append("  \(step.person.map { "as \($0): " } ?? "")\(step.source)")
    }
    lines += failure.message.split(separator: "\n", omittingEmptySubsequences: false).map {
      "  \($0)"
    }
    if let nearest = failure.nearest { lines.append("  nearest: \(nearest)") }
    if let name = failure.person, let seat = run.stage.seats.first(where: { $0.name == name }) {
      lines += screen(seat) + state(seat) + events(seat)
    }
    lines.append("to play just this scene:")
    lines.append("  \(command)")
    return lines.joined(separator: "\n")
  }

  private func screen(_ seat: any Seat) -> [String] {
    guard let frame = seat.frame else { return ["\(seat.name)'s client does not run"] }
    let size = frame.grid.size
    let cursor = frame.cursor.map { ", cursor in row \($0.row + 1), column \($0.column + 1)" } ?? ""
    let edge = "  +\(String(repeating: "-", count: size.columns))+"
    return ["\(seat.name)'s screen, \(size.columns)x\(size.rows)\(cursor):", edge]
      + frame.textRows.map { "  |\($0)|" } + [edge]
  }

  private func state(_ seat: any Seat) -> [String] {
    guard let path = failure.statePath, let state = seat.state else { return [] }
    // What lies around: the whole that the last name of the path is a part of.
    var around = path[...]
    while let last = around.last, last != ".", last != "[" { around.removeLast() }
    if let last = around.last, last == "." || last == "[" { around.removeLast() }
    var place = path
    var tree = StateTree(of: state, at: path)
    if tree.map({ if case .text = $0 { true } else { false } }) ?? true {
      place = String(around)
      tree = StateTree(of: state, at: place)
    }
    guard let tree else { return [] }
    let leaves = tree.leaves
    var lines = ["the state at \(place.isEmpty ? "its root" : place):"]
    // The newest of a long list are at its end.
    let shown =
      leaves.count > FailureReport.stateLines
      ? leaves.suffix(FailureReport.stateLines) : leaves[...]
    if shown.count < leaves.count { lines.append("  … \(leaves.count - shown.count) more") }
    lines += shown.map { leaf in
      let text = leaf.text.count > 160 ? "\(leaf.text.prefix(160))…" : leaf.text
      return "  \(leaf.path.isEmpty ? "" : "\(leaf.path) = ")\(text)"
    }
    return lines
  }

  private func events(_ seat: any Seat) -> [String] {
    let diary = seat.diary
    let happenings = diary.happenings.suffix(40).map { ($0.at, $0.order, $0.words) }
    let requests = diary.requests.suffix(40).map { ($0.at, $0.order, $0.words) }
    let all = (happenings + requests).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.suffix(
      FailureReport.eventLines)
    guard !all.isEmpty else { return [] }
    let start = run.script.setting.start
    return ["what happened at \(seat.name)'s client last:"]
      + all.map { at, _, words in
        "  \(FailureReport.time(run.stage.isVirtual ? at - start : at - run.stage.now))  \(words)"
      }
  }

  /// Seconds with three digits behind the point.
  private static func time(_ duration: Duration) -> String {
    let milliseconds = duration.wholeMilliseconds
    let digits = String(abs(milliseconds % 1000))
    let padded = String(repeating: "0", count: 3 - digits.count) + digits
    let text = "\(milliseconds < 0 ? "-" : "")\(abs(milliseconds / 1000)).\(padded)"
    return String(repeating: " ", count: max(0, 10 - text.count)) + text
  }
}
