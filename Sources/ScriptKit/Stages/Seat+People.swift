import ACSTypes
import ClientModel
import KeyInput

/// What people do at their clients: with keys, looking at the screen's state as a person looks at the screen.
extension Seat {
  /// Presses keys, one after the other, each written as a chord.
  public func press(_ chords: String...) {
    for chord in chords {
      guard let press = KeyPress(chord: chord) else {
        preconditionFailure("\(chord) is no key")
      }
      lookBack()
      take([.keyPressed(press)])
    }
  }

  /// Types text as if it were pasted.
  public func type(_ text: String) {
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

  /// - Returns: True when the text could be written before Enter was pressed.
  func send(_ text: String) -> Bool {
    goToComposer()
    clearComposer()
    type(text)
    let isWritten = hasBeforeEyes(text)
    press("Enter")
    return isWritten
  }

  private func hasBeforeEyes(_ text: String) -> Bool {
    guard let state else { return false }
    return state.interface.pane == nil && state.interface.focus == .composer
      && state.threads.open != nil && state.composer.text.contains(text)
  }

  /// - Returns: True when an edit could be begun, and the text be written before Enter was pressed.
  func edit(_ number: Int, to text: String) -> Bool {
    guard selectOwn(number) else { return false }
    press("e")
    guard state?.composer.editing != nil else { return false }
    press("C-e", "C-u")
    type(text)
    let isWritten = hasBeforeEyes(text)
    press("Enter")
    return isWritten
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

  /// Takes somebody out of the open thread; the pane stays open.
  func remove(_ number: Int) {
    goAndPress("F4")
    guard state?.people != nil else { return }
    for _ in 0..<(number % 4) { press("Down") }
    press("Delete")
    if case .question = state?.interface.pane { press(number < 6 ? "y" : "n") }
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

  /// Opens a hit, leaves the search open, or closes it; gives true when a hit was opened.
  func pick(_ number: Int) -> Bool {
    for _ in 0..<(number % 4) { press("Down") }
    switch number % 7 {
    case 0: press("Esc")
    case 1: press("Tab", "PgDn")
    default: press("Enter")
    }
    return state?.interface.pane == nil && state?.search != nil
  }

  /// Goes from hit to hit among the messages.
  func walkHits(_ number: Int) {
    for step in 0..<(number % 4) where state?.interface.focus == .messages {
      press(number >> step & 1 == 1 ? "N" : "n")
    }
  }

  /// Presses keys that nobody meant, wherever that leads; not those that end or stop the program.
  func fumble(_ number: Int) {
    var number = number
    for _ in 0..<4 {
      press(wrongKeys[number % wrongKeys.count])
      number = number / 7 + 13 * (number % 7)
    }
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
    return message.sender == state.session.session?.identity && message.deletedOn == nil
  }
}

/// Keys that nobody meant.
private let wrongKeys = [
  "Esc", "Tab", "x", "q", "Up", "Down", "Enter", "Home", "End", "F1", "C-t", "F2", "F3", "d", "n",
  "e", "Delete", "Backspace", "C-w", "M-b", "C-k", "PgUp", "PgDn", "M-Enter", "S-Tab", "F4",
  "M-e",
  "/", "C-r", "M-Down", "M-Up", "Left", "Right", "C-u", "C-l", "M-n", "C-n", "Space", "M-x", "F5",
  "M-a", "M-h", "M-m",
]
