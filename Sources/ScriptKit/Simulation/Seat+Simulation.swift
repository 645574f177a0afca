import ACSTypes
import ClientModel
import KeyInput

/// What the people of a simulation do at their clients, by numbers that chance gives: some of it is not what they meant.
extension Seat {
  /// Sends a text.
  ///
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

  /// Takes somebody out of the open thread; the pane stays open.
  func remove(_ number: Int) {
    goAndPress("F4")
    guard state?.people != nil else { return }
    for _ in 0..<(number % 4) { press("Down") }
    press("Delete")
    if case .question = state?.interface.pane { press(number < 6 ? "y" : "n") }
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
