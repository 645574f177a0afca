import Cells
import ClientModel

/// A part of the screen that a snapshot leaves out, by its role.
public enum SnapshotMask: String, CaseIterable, Sendable {
  /// Times of day, days, countdowns and how long the token lives.
  case clock
  /// The ends of ids, which stand for people without a name and in the top line.
  case ids
  /// The top line.
  case header
  /// The lines about trouble and calls.
  case banner
  /// The list of threads.
  case threads
  /// The open thread's topic and people.
  case title
  /// The messages.
  case messages
  /// The line above the composer, which tells who types.
  case typing
  /// The text being written.
  case composer
  /// The bottom line: keys, or news.
  case hints

  /// What it leaves out, for the reference.
  public var meaning: String {
    switch self {
    case .clock: "times of day, days, countdowns, how long the token lives"
    case .ids: "ids and their ends, as chance makes them"
    case .header: "the top line"
    case .banner: "the lines about trouble and calls"
    case .threads: "the list of threads"
    case .title: "the open thread's topic and people"
    case .messages: "the messages"
    case .typing: "the line above the composer, which tells who types"
    case .composer: "the text being written"
    case .hints: "the bottom line: keys, or news"
    }
  }

  /// Where it is to be seen on a screen: what lies under a pane is none of it.
  func parts(of frame: Frame, _ state: ClientState) -> [Rectangle] {
    let screen = MaskedScreen(frame, state)
    let layout = screen.layout
    switch self {
    case .clock: return screen.times
    case .ids: return screen.ids
    case .header: return screen.visible(layout.header)
    case .banner: return screen.visible(layout.banner)
    case .threads: return screen.visible(layout.threads)
    case .title: return screen.visible(layout.title)
    case .messages: return screen.visible(layout.messages)
    case .typing: return screen.visible(layout.rule)
    case .composer: return screen.visible(layout.composer)
    case .hints: return screen.visible(layout.hints)
    }
  }
}
