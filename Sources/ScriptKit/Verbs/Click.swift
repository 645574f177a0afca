import Cells
import ClientModel
import KeyInput

extension Verb {
  static let click = Verb(
    "click", by: .person,
    [
      Form("click thread \"TOPIC\"", "Clicks on a thread in the list."),
      Form("click composer", "Clicks into the text being written."),
      Form("click at COLUMN, ROW", "Clicks on a cell; both count from 1."),
    ]
  ) { words throws(ScriptError) in
    if words.takes("composer") {
      return Doing { run throws(StepFailure) in
        try run.click { _, frame throws(StepFailure) in
          try frame.place(of: ScreenTarget.composer, "the composer")
        }
      }
    }
    if words.takes("thread") {
      let topic = try words.text("the topic")
      return Doing { run throws(StepFailure) in
        try run.click { _, frame throws(StepFailure) in
          let topic = run.value(topic)
          return try frame.place(
            of: ScreenTarget.name(of: try run.thread(topic)), "the thread \"\(topic)\"")
        }
      }
    }
    guard words.takes("at") else { throw words.mismatch("'thread', 'composer' or 'at'") }
    let column = try words.number("a column", in: 1...500)
    guard words.takesComma() else { throw words.mismatch("a comma and a row") }
    let row = try words.number("a row", in: 1...300)
    return Doing { run throws(StepFailure) in
      try run.click { _, frame throws(StepFailure) in
        guard column <= frame.grid.size.columns, row <= frame.grid.size.rows else {
          throw StepFailure(
            "the screen ends at \(frame.grid.size.columns), \(frame.grid.size.rows)")
        }
        return Point(column: column - 1, row: row - 1)
      }
    }
  }
}

extension SceneRun {
  /// Clicks where `place` says, once that is on the screen.
  fileprivate func click(
    _ place: (SceneRun, Frame) throws(StepFailure) -> Point
  ) throws(StepFailure) {
    let point = try find { () throws(StepFailure) in try place(self, screen()) }
    seat().click(at: point)
  }
}

extension Frame {
  /// The upper left cell of what stands for `target`.
  fileprivate func place(of target: String, _ what: String) throws(StepFailure) -> Point {
    guard let region = regions.last(where: { $0.target == target }) else {
      throw StepFailure("\(what) is not on the screen")
    }
    return region.rectangle.origin
  }
}
