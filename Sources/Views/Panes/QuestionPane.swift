import ClientModel
import Phrases

/// The question whether a message is really to be deleted.
func questionLines(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  [
    [Piece(phrases("It will be gone for everybody."), .text)],
    [],
    [
      Piece(key(.confirmDelete, state), .keyHint), Piece(" \(phrases("delete"))    ", .text),
      Piece(key(.declineDelete, state), .keyHint), Piece(" \(phrases("keep"))", .text),
    ],
  ]
}
