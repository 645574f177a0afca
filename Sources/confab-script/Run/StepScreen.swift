import Cells
import CursesScreen
import Glibc
import KeyInput
import ScriptKit

/// Shows a play line by line on this terminal: what the next line is, and the screen of whoever acts.
final class StepScreen {
  private let screen: CursesScreen
  /// Whose screen is shown while the world acts.
  private var person: String?
  /// True once the rest is played without stops.
  private var runsOn = false
  /// True once the person wants no more of it.
  private(set) var isStopped = false
  /// The signal that ended the play.
  private(set) var interruption: Int32?

  /// Takes the terminal over.
  init() throws { screen = try CursesScreen() }

  /// Gives the terminal back.
  func end() { screen.restore() }

  /// Shows what stands before a step, and waits for a key; false when the person stops the play.
  func willDo(_ step: Step, _ seats: [any Seat]) -> Bool {
    if runsOn { return goesOn(after: screen.wait(timeout: .zero)) }
    person = step.person ?? person ?? seats.first?.name
    while true {
      screen.show(frame(step, seats))
      for event in screen.wait() {
        switch event {
        case .input(.key(let press)):
          switch press.description {
          case "q", "C-q", "C-c", "Esc":
            isStopped = true
            return false
          case "c":
            runsOn = true
            return true
          case "Tab": showNext(seats)
          default: return true
          }
        case .signal, .hangup: return goesOn(after: [event])
        case .input, .resized, .woken: break
        }
      }
    }
  }

  /// False when a signal or the terminal's end is among the events.
  private func goesOn(after events: [ScreenEvent]) -> Bool {
    for event in events {
      switch event {
      case .signal(let number): interruption = number
      case .hangup: interruption = SIGHUP
      case .input, .resized, .woken: break
      }
    }
    return interruption == nil
  }

  private func showNext(_ seats: [any Seat]) {
    let place = seats.firstIndex { $0.name == person } ?? 0
    if !seats.isEmpty { person = seats[(place + 1) % seats.count].name }
  }

  private func frame(_ step: Step, _ seats: [any Seat]) -> Frame {
    var frame = Frame(size: screen.size)
    frame.modes.title = "confab script run --step"
    let rows = max(0, screen.size.rows - 2)
    if let shown = seats.first(where: { $0.name == person })?.frame {
      for row in shown.grid.rows.indices where row < rows {
        frame.grid.write(shown.grid.rows[row], at: Point(column: 0, row: row))
      }
      frame.cursor = shown.cursor.flatMap { $0.row < rows ? $0 : nil }
    }
    let file = step.place.file.split(separator: "/").last ?? ""
    let next = " \(file):\(step.place.line)  \(step.person.map { "\($0): " } ?? "")\(step.source)"
    let help =
      " \(person.map { "\($0)'s screen" } ?? "")   any key does it   Tab another screen   c the rest   q stop"
    for (row, text) in [(rows, next), (rows + 1, help)] {
      frame.grid.write(
        text, at: Point(column: 0, row: row), style: Style(attributes: row == rows ? .bold : .dim),
        width: { _ in 1 })
    }
    return frame
  }
}
