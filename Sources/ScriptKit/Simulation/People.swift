public import ACSTypes
import ClientModel
import KeyInput

/// What people do at their clients: with keys, looking at the screen's state as a person looks at the screen.
extension SimulatedClient {
  /// Presses keys, one after the other, each written as a chord.
  public func press(_ chords: String...) {
    for chord in chords {
      guard let press = KeyPress(chord: chord) else {
        preconditionFailure("\(chord) is no key")
      }
      take([.keyPressed(press)])
    }
  }

  /// Types text as if it were pasted.
  public func type(_ text: String) { take([.pasted(text)]) }

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

  /// The identity, once signed in.
  public var identity: CommunicationIdentifier? { state?.session.session?.identity }

  func send(_ text: String) {
    goToComposer()
    clearComposer()
    type(text)
    press("Enter")
  }

  func edit(_ number: Int, to text: String) {
    guard selectOwn(number) else { return }
    press("e")
    guard state?.composer.editing != nil else { return }
    press("C-e", "C-u")
    type(text)
    press("Enter")
  }

  func delete(_ number: Int) {
    guard selectOwn(number) else { return }
    press("d")
    if case .question = state?.interface.pane { press("y") }
  }

  func open(_ number: Int) {
    guard let count = state?.threads.entries.count, count > 0 else { return }
    go(to: .threads)
    press("Home")
    for _ in 0..<(number % count) { press("Down") }
    press("Enter")
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

  /// Selects an own message that is there, counted from the newest; the keys are among the messages then.
  private func selectOwn(_ number: Int) -> Bool {
    go(to: .messages)
    guard state?.interface.focus == .messages else { return false }
    var left = number
    for _ in 0..<40 {
      if isOwnSelected {
        if left == 0 { return true }
        left -= 1
      }
      press("Up")
    }
    return isOwnSelected
  }

  private var isOwnSelected: Bool {
    guard let state, let id = state.threads.open, let conversation = state.conversations[id],
      let index = conversation.selected.flatMap({ conversation.index(of: $0) })
    else { return false }
    let message = conversation.messages[index]
    return message.sender == identity && message.deletedOn == nil
  }
}
