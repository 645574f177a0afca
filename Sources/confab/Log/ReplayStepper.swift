import ACSTypes
import Cells
import ClientModel
import CursesScreen
import EventLog
import KeyInput

/// Steps through a log on the terminal: the screen after each event, and below it which one it is.
struct ReplayStepper {
  private let start: Replay
  private let screen: ReplayedScreen
  /// The replay at every hundredth event that was met, so that a step back is short.
  private var marks: [Replay]
  private var replay: Replay
  private var event = "before the first event"
  /// The number that is being typed after `g`.
  private var typed: String?

  init(_ replay: Replay, _ screen: ReplayedScreen) {
    start = replay
    self.screen = screen
    self.replay = replay
    marks = [replay]
  }

  /// Runs until the person leaves.
  ///
  /// - Throws: `ScreenError` without a terminal, `EventLogError` for a line that is not what it should be.
  consuming func run(from number: Int?) throws -> Int32 {
    try go(to: number ?? 0)
    let terminal = try CursesScreen()
    defer { terminal.restore() }
    while true {
      terminal.show(frame(terminal.size))
      for input in terminal.wait() {
        switch input {
        case .input(.key(let press)):
          guard try pressed(press) else { return 0 }
        case .signal, .hangup: return 0
        default: break
        }
      }
    }
  }

  private mutating func pressed(_ press: KeyPress) throws -> Bool {
    if let digits = typed {
      switch press.description {
      case "Enter":
        typed = nil
        try go(to: Int(digits) ?? replay.position)
      case "Esc": typed = nil
      case let key where key.count == 1 && key.first?.isWholeNumber == true && digits.count < 9:
        typed = digits + key
      default: break
      }
      return true
    }
    switch press.description {
    case "q", "C-q", "C-c", "Esc": return false
    case "n", "Right", "Down", "Space": try go(to: replay.position + 1)
    case "p", "Left", "Up": try go(to: replay.position - 1)
    case "PgDn": try go(to: replay.position + 20)
    case "PgUp": try go(to: replay.position - 20)
    case "Home": try go(to: 0)
    case "End", "G": try go(to: .max)
    case "g": typed = ""
    default: break
    }
    return true
  }

  private mutating func go(to number: Int) throws {
    if number < replay.position {
      replay = marks.last { $0.position <= max(0, number) } ?? start
      event = "before the first event"
    }
    while replay.position < number, let step = try replay.step() {
      let time = step.occurrence.now.iso8601WithMilliseconds
      event = "\(time)  \(StateTree.caseName(step.occurrence.event))"
      if replay.position % 100 == 0, marks.last.map({ $0.position < replay.position }) ?? true {
        marks.append(replay)
      }
    }
  }

  private func frame(_ size: Size) -> Frame {
    let shown = screen.size ?? replay.state.viewport
    let whole = Viewport(
      columns: min(size.columns, shown.columns), rows: min(size.rows - 1, shown.rows))
    let drawn = ReplayedScreen(theme: screen.theme, size: whole).frame(of: replay.state)
    var frame = Frame(size: size)
    frame.modes.title = "confab replay"
    for row in drawn.grid.rows.indices {
      let blanks = Array(
        repeating: Cell.blank, count: max(0, size.columns - drawn.grid.size.columns))
      frame.grid.replaceRow(row, with: drawn.grid.rows[row] + blanks)
    }
    let help = typed.map { "go to event \($0)_" } ?? "n/p step  g go to  q leave"
    let line = " \(replay.position)  \(event)   \(help)"
    frame.grid.write(line, at: Point(column: 0, row: size.rows - 1), width: { _ in 1 })
    return frame
  }
}
