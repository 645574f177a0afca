public import KeyInput

/// Every key press goes through the key map; what it does not bind and is text is typed.
extension ClientState {
  mutating func keyPressed(_ press: KeyPress, _ turn: inout Turn) {
    noteActivity(turn)
    if let command = keyMap.command(for: press, in: contexts) {
      command.perform(&self, &turn)
    } else if case .character(let character) = press.key,
      press.modifiers.subtracting(.shift).isEmpty
    {
      typed(String(character), &turn)
    }
  }

  /// True for a key that changes nothing but the text being written and its cursor.
  func isTyping(_ event: Event) -> Bool {
    guard case .keyPressed(let press) = event, interface.pane == nil,
      interface.focus == .composer
    else { return false }
    guard let command = keyMap.command(for: press, in: contexts) else { return true }
    return command.context == .composer && command.staysInComposer
  }

  /// True for a key that is bound to no command where the focus is, and so writes its character if something takes text.
  public func writes(_ press: KeyPress) -> Bool {
    press.typedCharacter != nil && keyMap.command(for: press, in: contexts) == nil
  }

  /// The contexts whose keys work now, the nearest first.
  public var contexts: [Command.Context] {
    switch interface.pane {
    case .newThread: [.newThread, .field, .anywhere]
    case .people: [.people, .field, .anywhere]
    case .rename: [.rename, .field, .anywhere]
    case .search: [.search, .anywhere]
    case .callChoice: [.callChoice, .anywhere]
    case .question: [.question, .anywhere]
    case .help, .tokenFlow, .signIn, .calls, .identity: [.pane, .anywhere]
    case nil:
      switch interface.focus {
      case .composer: [.composer, .main, .anywhere]
      case .messages: [.messages, .main, .anywhere]
      case .threads: [.threads, .main, .anywhere]
      }
    }
  }

  mutating func toggle(_ pane: Interface.Pane) {
    interface.pane = interface.pane == pane ? nil : pane
    interface.paneScroll = 0
    if interface.pane != .newThread { newThread = nil }
    if interface.pane != .people { people = nil }
    if interface.pane != .rename { renaming = nil }
  }
}
