import ACSTypes
public import Cells
import ClientModel
public import KeyInput

extension Seat {
  /// Presses a key, once the window has the focus.
  public func press(_ press: KeyPress) {
    lookBack()
    take([.keyPressed(press)])
  }

  /// Uses the mouse; what is shown there goes along.
  public func mouse(_ kind: MouseInput.Kind, at point: Point) {
    let button: MouseInput.Button = [.scrollUp, .scrollDown].contains(kind) ? .other : .left
    let input = MouseInput(kind: kind, button: button, column: point.column, row: point.row)
    take([.mouseUsed(input, target: frame?.target(at: point))])
  }

  /// Clicks with the first button.
  public func click(at point: Point) {
    mouse(.press, at: point)
    mouse(.release, at: point)
  }

  /// Turns the wheel over the middle of the screen.
  public func scroll(_ kind: MouseInput.Kind) {
    guard let size = frame?.grid.size else { return }
    mouse(kind, at: Point(column: size.columns / 2, row: size.rows / 2))
  }

  /// Opens a thread of the list, by keys.
  func open(_ id: ChatThreadID) throws(StepFailure) {
    go(to: .threads)
    press("Home")
    var moves = 0
    while let state, state.threads.selected != id, moves < state.threads.entries.count {
      press("Down")
      moves += 1
    }
    guard state?.threads.selected == id else {
      throw StepFailure("the thread could not be selected in the list")
    }
    press("Enter")
    guard state?.threads.open == id else { throw StepFailure("the thread could not be opened") }
  }

  /// Selects a message, by keys.
  func select(_ id: ChatMessageID) throws(StepFailure) {
    go(to: .messages)
    guard let state, let open = state.threads.open else { throw StepFailure("no thread is open") }
    var moves = 0
    while self.state?.conversations[open]?.selected != id {
      let before = self.state?.conversations[open]?.selected
      press("Up")
      moves += 1
      guard self.state?.conversations[open]?.selected != before, moves < 5000 else {
        throw StepFailure("the message could not be selected")
      }
    }
  }

  /// Deletes all that is being written, however many lines it has.
  func emptyComposer() {
    for _ in 0..<20_000 {
      guard let composer = state?.composer, !composer.text.isEmpty else { return }
      press("C-e")
      press("C-u")
      if state?.composer.text == composer.text { press("Backspace") }
    }
  }

  /// Answers the question that came up.
  func sayYes(to what: String) throws(StepFailure) {
    guard case .question = state?.interface.pane else {
      throw StepFailure("nobody asked whether \(what) is meant, so that it was not possible")
    }
    press("y")
  }
}
