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
    let first = path.prefix { $0 != "." && $0 != "[" }
    var lines = StateFacet.all.filter { $0.path.prefix { $0 != "." } == first }
      .map { "  \($0.path) = \(FailureReport.cut($0.value(state)))" }
    // What lies around: the whole that the last name of the path is a part of.
    var around = path[...]
    while let last = around.last, last != ".", last != "[" { around.removeLast() }
    if let last = around.last, last == "." || last == "[" { around.removeLast() }
    let name = path[around.endIndex...].drop { $0 == "." }
    if !around.isEmpty, let tree = StateTree(of: state, at: String(around)) {
      let leaves = tree.leaves
      // What has the name that was asked for comes first.
      let near =
        leaves.filter { $0.path.hasPrefix(name) } + leaves.filter { !$0.path.hasPrefix(name) }
      lines += near.prefix(FailureReport.stateLines).map { leaf in
        "  \(around)\(leaf.path.first == "[" ? "" : ".")\(leaf.path) = \(FailureReport.cut(leaf.text))"
      }
      if leaves.count > FailureReport.stateLines {
        lines.append("  … \(leaves.count - FailureReport.stateLines) more")
      }
    }
    guard !lines.isEmpty else { return [] }
    return ["the state around \(path):"] + lines
  }

  private static func cut(_ text: String) -> String {
    text.count > 160 ? "\(text.prefix(160))…" : text
  }

  private func events(_ seat: any Seat) -> [String] {
    let diary = seat.diary
    let happenings = diary.happenings.suffix(40).map { ($0.at, $0.order, $0.words) }
    let requests = diary.requests.suffix(40).map { ($0.at, $0.order, $0.words) }
    let all = (happenings + requests).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.suffix(
      FailureReport.eventLines)
    guard !all.isEmpty else { return [] }
    let start = run.stage.begin
    return ["what happened at \(seat.name)'s client last:"]
      + all.map { at, _, words in
        "  \(FailureReport.time(at - start))  \(words)"
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
