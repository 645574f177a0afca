import ACSTypes
import ClientModel
import KeyInput

/// What people do at their clients: with keys, looking at the screen's state as a person looks at the screen.
extension Seat {
  /// Presses keys, one after the other, each written as a chord.
  func press(_ chords: String...) {
    for chord in chords {
      guard let press = KeyPress(chord: chord) else {
        preconditionFailure("\(chord) is no key")
      }
      lookBack()
      take([.keyPressed(press)])
    }
  }

  /// Types text as if it were pasted.
  func type(_ text: String) {
    lookBack()
    take([.pasted(text)])
  }

  /// Keys go only to the window that one looks at.
  func lookBack() {
    guard let state, !state.interface.isTerminalFocused else { return }
    take([.focusChanged(isFocused: true)])
  }

  /// Brings the keys to the composer, whatever lies over it.
  func goToComposer() {
    for _ in 0..<6 {
      guard let state, state.interface.pane != nil || state.interface.focus != .composer else {
        return
      }
      press(state.interface.pane == nil && state.interface.focus != .composer ? "Tab" : "Esc")
    }
  }

  /// Brings the keys to one part of the main screen.
  func go(to focus: Interface.Focus) {
    goToComposer()
    for _ in 0..<3 where state?.interface.focus != focus { press("Tab") }
  }

  /// Empties the composer and leaves an edit.
  func clearComposer() {
    if state?.composer.editing != nil { press("Esc") }
    press("C-e", "C-u")
  }

  /// Begins a thread with people, whose search takes a moment.
  func create(_ topic: String, with people: [CommunicationIdentifier]) {
    guard !people.isEmpty, state != nil else { return }
    goToComposer()
    press("C-n")
    guard state?.newThread != nil else { return }
    type(topic)
    press("Tab")
    for person in people {
      type(person.rawID)
      press("Enter")
    }
    press("C-s")
  }

  /// Presses a key of the main screen.
  func goAndPress(_ chord: String) {
    goToComposer()
    press(chord)
  }

  /// Adds somebody to the open thread; the pane stays open.
  func add(_ person: CommunicationIdentifier) {
    goAndPress("M-w")
    guard state?.people != nil else { return }
    type(person.rawID)
    press("Enter")
  }

  /// Leaves the open thread, or forgets it.
  func leave() {
    goAndPress("M-x")
    if case .question = state?.interface.pane { press("y") }
  }

  /// Gives the open thread another topic; `isMeant` is false when the person thinks better of it.
  func rename(_ topic: String, isMeant: Bool) {
    goAndPress("M-e")
    guard state?.renaming != nil else { return }
    press("C-u")
    type(topic)
    press(isMeant ? "Enter" : "Esc")
  }

  /// Types what is looked for; gives false where nothing can be searched.
  func beginSearch(_ words: String, isOfThread: Bool) -> Bool {
    if isOfThread {
      go(to: .messages)
      press("/")
    } else {
      goAndPress("C-r")
    }
    guard state?.interface.pane == .search else { return false }
    press("C-u")
    type(words)
    return true
  }
}
