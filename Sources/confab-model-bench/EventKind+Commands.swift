import ClientModel
import KeyInput

// What the person does with keys: each command, where its keys work.
extension EventKind {
  /// Every command that has a key, but those that end the client or leave the terminal to others, and what a client
  /// without a gateway does not have.
  static let commands = Command.all.compactMap { command -> EventKind? in
    guard let chord = command.keys.first, !["quit", "suspend"].contains(command.name),
      command.context != .callChoice
    else { return nil }
    return EventKind("command-\(command.name)") { model, turn in
      model.enter(command.context, turn)
      return KeyPress(chord: chord).map(Event.keyPressed) ?? .clockAdvanced
    }
  }
}

extension ModelUnderTest {
  /// Brings the person to where the keys of a context work.
  fileprivate mutating func enter(_ context: Command.Context, _ turn: Int) {
    for _ in 0..<2 { press("Esc") }
    settle(threads: 0)
    switch context {
    case .anywhere, .callChoice: break
    case .main: take(ModelUnderTest.arrival(100_000 + turn, in: 1 + turn % 9))
    case .composer: take(.pasted("written \(turn) "))
    case .messages: focus(.messages)
    case .threads: focus(.threads)
    case .pane: press(Command.showHelp)
    case .newThread, .field: press(Command.openNewThread)
    case .search:
      press(Command.searchMessages)
      take(.pasted("message"))
      settle(threads: 0)
    case .people: press(Command.showPeople)
    case .rename: press(Command.renameThread)
    case .question:
      focus(.messages)
      press(Command.deleteSelected)
    }
  }

  private mutating func press(_ command: Command) {
    if let chord = command.keys.first { press(chord) }
  }

  private mutating func focus(_ focus: Interface.Focus) {
    for _ in 0..<4 where state.interface.focus != focus { press("Tab") }
  }
}
