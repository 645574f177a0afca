public import ACSTypes

extension ChatThread {
  /// The thread that an entry of the list tells.
  public init(_ model: ChatThreadItem) {
    self.init(
      id: ChatThreadID(model.id), topic: model.topic, deletedOn: model.deletedOn?.moment,
      lastMessageReceivedOn: model.lastMessageReceivedOn?.moment)
  }

  /// The thread that its properties tell.
  public init(_ model: ChatThreadProperties) {
    self.init(
      id: ChatThreadID(model.id), topic: model.topic, createdOn: model.createdOn.moment,
      createdBy: model.createdBy.identifier, deletedOn: model.deletedOn?.moment)
  }
}

extension ChatThreadItem {
  /// The thread as the list tells it.
  public init(_ thread: ChatThread) {
    self.init(
      id: thread.id.rawValue, topic: thread.topic,
      deletedOn: thread.deletedOn.map(WireTime.init(chat:)),
      lastMessageReceivedOn: thread.lastMessageReceivedOn.map(WireTime.init(chat:)))
  }
}
