import ClientModel

/// The chord that calls a command, as people read it: `Ctrl-Q`, `Alt-C`, `F1`; `–` without one.
func key(_ command: Command, _ state: ClientState) -> String {
  state.keyMap.chords(of: command).first.map(keyText) ?? "–"
}
