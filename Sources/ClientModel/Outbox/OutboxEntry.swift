public import ACSTypes

/// Something the person wants done that the service has not yet acknowledged, and how it goes.
public struct OutboxEntry: Hashable, Sendable {
  /// What is wanted; kept on this machine until it is settled.
  public var record: OutboxRecord
  /// True once it is on the disk, or nothing is to be kept: before that no request goes out.
  public internal(set) var isKept = false
  /// True while a request about it is under way.
  public internal(set) var isUnderWay = false
  /// The version that the message to be changed had here when the request went out.
  var knownVersion: Int64?
  /// When it is taken up again; `nil` as soon as it is its turn.
  public internal(set) var dueOn: Timestamp?

  /// An entry that waits for its turn.
  public init(_ record: OutboxRecord) {
    self.record = record
  }

  /// True when it waits for the person.
  public var isFailed: Bool {
    if case .failed = record.state { true } else { false }
  }

  /// The text of a message to be sent; `nil` for edits and deletions.
  public var outgoingText: String? {
    if case .send(let text) = record.intent { text } else { nil }
  }

  /// The message to be changed; `nil` for one to be sent.
  public var target: ChatMessageID? {
    switch record.intent {
    case .send: nil
    case .edit(let message, _), .delete(let message): message
    }
  }
}
