import ClientModel
import KeyInput

/// Finds tokens that are typed, or pasted by a terminal that does not mark what is pasted: key by key.
///
/// How such a token begins is written before it can be known for one; of a signed one that is its first part, which
/// names the algorithm alone.
struct TypedTokens: Sendable {
  /// More than a token is long.
  private static let limit = 8192
  /// What was typed since the last Enter, or since it was cleared; keys that move or do something leave it as it is.
  private var typed = ""

  /// The key, or `x` in place of one that goes on with a token.
  mutating func withoutToken(_ press: KeyPress, in state: ClientState) -> KeyPress {
    switch press.key {
    case .enter:
      typed = ""
    case .backspace:
      if !typed.isEmpty { typed.removeLast() }
    case .character("u") where press.modifiers.contains(.control),
      .character("c") where press.modifiers.contains(.control):
      typed = ""
    default:
      guard let character = press.typedCharacter, state.writes(press) else { return press }
      typed.append(character)
      if typed.utf8.count > TypedTokens.limit {
        typed = String(typed.suffix(TypedTokens.limit / 2))
      }
      // A mark joins the letter before it.
      guard withoutTokens(typed).last != typed.last else { return press }
      return press.replacing(character, by: "x", in: state)
    }
    return press
  }
}

extension KeyPress {
  /// The key with another letter: where that is bound to a command, with one that is not.
  func replacing(_ character: Character, by letter: Character, in state: ClientState) -> KeyPress {
    let letters = letter == "x" ? "xaeinorst·" : String(letter)
    let presses = letters.map { KeyPress(.character($0), modifiers) }
    return presses.first(where: state.writes) ?? self
  }
}
