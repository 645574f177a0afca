import ClientModel
import Phrases

/// Who types in the open thread: `Bob is typing…`; `nil` when nobody does.
func typingText(_ state: ClientState, _ phrases: Phrases) -> String? {
  let names = state.threads.open.map { state.typingNames(in: $0) } ?? []
  switch names.count {
  case 0: return nil
  case 1: return phrases("% is typing…", names[0])
  case 2: return phrases("% and % are typing…", names[0], names[1])
  default: return phrases("% and % others are typing…", names[0], String(names.count - 1))
  }
}
