import ClientModel
import Phrases
import TextLayout

/// All keys, by where they work; made from the commands and the key map.
func helpLines(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  let sections: [(Command.Context, String)] = [
    (.anywhere, "Everywhere"), (.main, "On the main screen"), (.composer, "While writing"),
    (.messages, "Among the messages"), (.threads, "In the thread list"),
    (.search, "While searching"),
    (.newThread, "In the new thread dialog"), (.people, "Among the people of a thread"),
    (.rename, "In the topic dialog"), (.field, "In a field"),
  ]
  var lines: [[Piece]] = []
  for (context, title) in sections {
    if !lines.isEmpty { lines.append([]) }
    lines.append([Piece(phrases(title), .accent)])
    for command in Command.all where command.context == context {
      let chords = state.keyMap.chords(of: command).map(keyText).joined(separator: "  ")
      guard !chords.isEmpty else { continue }
      let pad = String(repeating: " ", count: max(1, 22 - Columns.width(of: chords)))
      lines.append([Piece("  \(chords)\(pad)", .keyHint), Piece(phrases(command.help), .text)])
    }
  }
  return lines
}
