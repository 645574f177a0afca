/// What the person looks at and where their keys go.
public struct Interface: Hashable, Sendable {
  /// The part of the main screen that keys go to.
  public enum Focus: Hashable, Sendable {
    /// The text being written.
    case composer
    /// A message, selected by its place among those loaded.
    case messages
    /// The list of threads.
    case threads
  }

  /// What lies over the main screen.
  public enum Pane: Hashable, Sendable {
    /// The keys.
    case help
    /// The token flow.
    case tokenFlow
    /// What to do in a browser to sign in.
    case signIn
    /// The calls of this run, with how each ended.
    case calls
    /// Who one is: the id to give to others.
    case identity
    /// The dialog that makes a thread.
    case newThread
    /// The search of messages.
    case search
    /// The question who is to be called.
    case callChoice
    /// The question whether a message is really to be deleted.
    case deleteQuestion
  }

  /// Where keys go when no pane is open.
  public var focus = Focus.threads
  /// What lies over the main screen; `nil` for nothing.
  public var pane: Pane?
  /// The first row shown of a pane that is longer than the screen.
  public var paneScroll = 0
  /// True until the terminal says that it lost the focus.
  public var isTerminalFocused = true

  /// The interface at start.
  public init() {}
}
