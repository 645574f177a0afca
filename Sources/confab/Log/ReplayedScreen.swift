import Cells
import ClientModel
import EventLog
import Phrases
import Views

/// What a replay shows; the look of a theme, of a size of its own if asked.
struct ReplayedScreen {
  let theme: Theme
  /// `nil` for the size that the terminal had.
  let size: Viewport?

  /// The frame of a state.
  func frame(of state: ClientState) -> Frame {
    guard let size else { return render(state, theme: theme, phrases: .english).frame }
    var state = state
    state.resize(to: size)
    return render(state, theme: theme, phrases: .english).frame
  }

  /// The frame as text.
  func text(of state: ClientState) -> String { frame(of: state).grid.plainText }
}
