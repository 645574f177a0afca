public import ACSTypes

/// One row of the message area.
public enum ConversationRow: Hashable, Sendable {
  /// The first row of a day: local midnight as a UTC calendar time.
  case day(Timestamp)
  /// Messages are missing here; they are read as soon as somebody looks, `isLoading` while they are.
  case gap(isLoading: Bool)
  /// Where the person left off: what follows is new to them.
  case unread
  /// A row of a message.
  case message(MessageRow)
  /// Who has read up to the message above and no further; `isEverybody` when all others of the thread have.
  case readers([String], isEverybody: Bool)
  /// A row of why the message above was not taken.
  case failure(String)
  /// What the person can do about the failure above: try again, or take it back.
  case remedy
}

/// One row of a message or of an own message that is not yet taken.
public struct MessageRow: Hashable, Sendable {
  /// What the row belongs to.
  public enum Key: Hashable, Sendable {
    /// A message of the service.
    case message(ChatMessageID)
    /// An own message that is not yet taken.
    case outbox(clientID: String)
  }

  /// How the text is meant.
  public enum Kind: Hashable, Sendable {
    /// What somebody wrote.
    case text
    /// What the service tells.
    case system
    /// Where a deleted message was.
    case deleted
    /// A file or an image that came with the message above.
    case attachment
  }

  /// What stands after the last row's text.
  public enum Mark: Hashable, Sendable {
    /// Nothing.
    case none
    /// The message was edited.
    case edited
    /// The message waits for the service to be reachable.
    case queued
    /// The message is under way.
    case sending
    /// The message is to be deleted as soon as the service says so.
    case deleting
    /// The message, or a change of it, was refused; the rows below say why.
    case failed
  }

  /// What the row belongs to.
  public var key: Key
  /// The row's number within its message, from 0.
  public var line: Int
  /// How the text is meant.
  public var kind: Kind
  /// True for own messages.
  public var isOwn: Bool
  /// The time of day, in the first row; `nil` in others, and when the message before shows the same.
  public var time: CalendarTime?
  /// The sender's name, in the first row of a group; `nil` in others.
  public var name: String?
  /// The text of the row.
  public var text: String
  /// What stands after the text; only in the last row.
  public var mark: Mark
  /// True for the selected message.
  public var isSelected: Bool
}

/// How wide the parts of a message's row are.
public struct MessageColumns: Hashable, Sendable {
  /// Columns of the time, with the blank after it; 0 when it is left out.
  public let time: Int
  /// Columns of the name; 0 when the name stands before the text.
  public let name: Int
  /// Columns of the text.
  public let text: Int

  /// The widths for a message area of `columns`.
  public init(columns: Int) {
    time = columns >= 30 ? 6 : 0
    name = columns >= 48 ? min(16, columns / 6) : 0
    let gap = name > 0 ? 3 : 0
    text = max(1, columns - time - name - gap - 1)
  }
}
