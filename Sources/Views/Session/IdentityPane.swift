import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// Who one is: the id to give to others, and what the token allows.
func identityLines(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  guard let session = state.session.session else {
    return [[Piece(phrases("Not signed in."), .warning)]]
  }
  let room = max(10, state.viewport.columns - 4)
  var lines = [[Piece(phrases("Give this id to others, so that they can add you:"), .text)], []]
  // Whole, however narrow the screen is: it is there to be copied.
  lines += wrap(session.identity.rawID, columns: room).map { [Piece(String($0.text), .link)] }
  lines += [
    [],
    fact("name", session.displayName, phrases),
    fact("scopes", session.scopes.map(\.rawValue).joined(separator: ", "), phrases),
    fact("endpoint", state.settings.endpoint, phrases),
    fact("token service", state.settings.tokenServiceURL, phrases),
    fact("token expires", session.expiresOn.iso8601, phrases),
  ]
  return lines
}

/// A name and its value in two columns.
func fact(_ name: String, _ value: String, _ phrases: Phrases, _ role: Role = .text) -> [Piece] {
  let name = phrases(name)
  let pad = String(repeating: " ", count: max(1, 15 - Columns.width(of: name)))
  return [Piece("\(name)\(pad)", .dim), Piece(value, role)]
}
