import ArgumentTable
import KeyInput

extension Verb {
  static let press = Verb(
    "press", by: .person,
    [
      Form(
        "press KEY KEY…",
        "Presses keys: Enter, Tab, F1, Ctrl-N, Alt-Up, x, \",\"; C-n and M-Up are short for Ctrl-N and Alt-Up."
      ),
      Form("press KEY N times", "Presses a key some times."),
    ]
  ) { words throws(ScriptError) in
    var presses = [try words.key()]
    while !words.isAtEnd {
      if let word = words.peekedWord, let count = Int(word) {
        let rest = words
        words.skip()
        if words.takes("times") {
          guard presses.count == 1 else { throw rest.error("one key is pressed some times") }
          guard (1...10_000).contains(count) else {
            throw rest.error("a key is pressed 1 to 10000 times")
          }
          try rest.mayBeDone(count)
          presses = Array(repeating: presses[0], count: count)
          break
        }
        words = rest
      }
      presses.append(try words.key())
    }
    let all = presses
    return Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      for press in all { try run.press(press, at: seat) }
    }
  }
}

extension Words {
  /// A key as people write it.
  mutating func key() throws(ScriptError) -> KeyPress {
    let start = self
    let written: String
    if isText { written = try fixedText("a key") } else { written = try anyWord("a key") }
    let chord = KeyPress.chord(of: written)
    guard let press = KeyPress(chord: chord) else {
      let near = KeyPress.nearName(to: written) ?? KeyPress.nearChord(to: written)
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      throw start.error(
        "there is no key '\(written.shown)'; keys are written Enter, PgUp, F1, Ctrl-N, Alt-Up or x\(hint)"
      )
    }
    return press
  }
}

extension KeyPress {
  /// What people call the keys that are held, each with its letter in a chord.
  private static let held = [
    ("ctrl", "C"), ("control", "C"), ("alt", "M"), ("meta", "M"), ("shift", "S"),
  ]

  /// A key as people write it, such as Ctrl-N, as a chord.
  fileprivate static func chord(of written: String) -> String {
    var letters: [String] = []
    var rest = written[...]
    while let mark = rest.dropLast().firstIndex(where: { $0 == "-" || $0 == "+" }) {
      let name = rest[..<mark].lowercased()
      guard let letter = held.first(where: { $0.0 == name })?.1 else { break }
      letters.append(letter)
      rest = rest[rest.index(after: mark)...]
    }
    guard !letters.isEmpty else { return written }
    // As the screen shows it, Alt-R is Alt and the key R, without Shift.
    let isLetter = rest.count == 1 && !letters.contains("S")
    return (letters + [isLetter ? rest.lowercased() : String(rest)]).joined(separator: "-")
  }

  /// The keys that have names.
  static let names = [
    "Space", "Enter", "Tab", "Backspace", "Esc", "Up", "Down", "Left", "Right", "Home", "End",
    "PgUp", "PgDn", "Insert", "Delete",
  ]

  /// What `Ctl-N` and `Option-Up` are meant to be.
  fileprivate static func nearChord(to written: String) -> String? {
    let parts = written.split(separator: "-", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let modifier =
      parts[0].lowercased() == "option"
      ? "Alt" : nearest(to: String(parts[0]), in: ["Ctrl", "Alt", "Shift"])
    guard let modifier else { return nil }
    let keys = [String(parts[1])] + [nearName(to: String(parts[1]))].compactMap(\.self)
    return keys.map { "\(modifier)-\($0)" }.first {
      KeyPress(chord: KeyPress.chord(of: $0)) != nil
    }
  }

  fileprivate static func nearName(to written: String) -> String? {
    nearest(to: written, in: names)
  }
}
