import ClientModel
import Phrases
import TextLayout

/// What is asked.
func questionTitle(_ question: Question, _ state: ClientState, _ phrases: Phrases) -> String {
  switch question {
  case .deleteMessage: phrases("Delete this message?")
  case .leave(let id): phrases("Leave %?", state.title(of: id))
  case .forget(let id): phrases("Forget %?", state.title(of: id))
  case .remove(let person, let id): phrases("Remove %?", state.name(of: person, in: id))
  }
}

/// What follows from a yes, and the keys for both answers.
func questionLines(_ question: Question, _ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  let consequence =
    switch question {
    case .deleteMessage: "It will be gone for everybody."
    case .leave: "You can read on what is here, but nothing new will come."
    case .forget: "What is kept of it on this machine goes."
    case .remove: "They will be told nothing more of this thread."
    }
  let (yes, no) = questionAnswers(question)
  let room = max(10, state.viewport.columns - 4)
  let told = wrap(phrases(consequence), columns: room).map { [Piece(String($0.text), .text)] }
  let keys = [
    Piece(key(.confirmDelete, state), .keyHint),
    Piece(" \(phrases(yes))\(room < 40 ? "  " : "    ")", .text),
    Piece(key(.declineDelete, state), .keyHint), Piece(" \(phrases(no))", .text),
  ]
  // What to press stays in sight on the lowest screen.
  return state.viewport.rows < 10 ? [keys] + told : told + [[], keys]
}

/// What both answers do, as phrases.
func questionAnswers(_ question: Question) -> (yes: String, no: String) {
  switch question {
  case .deleteMessage: ("delete", "keep")
  case .leave: ("leave", "stay")
  case .forget: ("forget", "keep")
  case .remove: ("remove", "keep")
  }
}
