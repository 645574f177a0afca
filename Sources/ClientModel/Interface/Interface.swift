public import ACSTypes

/// Something that is done only after the person has said yes.
public enum Question: Hashable, Sendable {
  /// Delete an own message for everybody.
  case deleteMessage(ChatThreadID, ChatMessageID)
  /// Leave a thread.
  case leave(ChatThreadID)
  /// Drop a thread that the user is no longer in, and what is kept of it.
  case forget(ChatThreadID)
  /// Take somebody out of a thread.
  case remove(CommunicationIdentifier, from: ChatThreadID)
}

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
    /// Who is in the open thread.
    case people
    /// The dialog that changes a thread's topic.
    case rename
    /// The question whether something is really to be done.
    case question(Question)
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
