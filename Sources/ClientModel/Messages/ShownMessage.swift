public import ACSTypes

/// A message as the person sees it, whichever rows it takes.
public struct ShownMessage: Hashable, Sendable {
  /// What it is.
  public var key: MessageRow.Key
  /// How the text is meant.
  public var kind: MessageRow.Kind
  /// Who sent it; `nil` for what the service tells.
  public var sender: CommunicationIdentifier?
  /// What the sender is called here; empty for what the service tells.
  public var name: String
  /// The text, whole.
  public var text: String
  /// What stands after the text.
  public var mark: MessageRow.Mark
  /// Why it, or a change of it, was not taken; `nil` when it was, or is under way.
  public var failure: String?
  /// Who has read up to it and no further, by name.
  public var readers: [String]
}

extension ClientState {
  /// The messages of a thread that are in memory, oldest first, and after them what is not yet taken; those out of sight,
  /// too.
  public func shownMessages(in id: ChatThreadID) -> [ShownMessage] {
    conversationLayout(of: id, columns: 80)?.shownMessages ?? []
  }
}
