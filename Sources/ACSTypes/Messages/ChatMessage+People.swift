extension ChatMessage {
  /// Hands over each of those who wrote it, did what it tells, or to whom it happened, whom it does not name.
  public func eachNameless(_ body: (CommunicationIdentifier) -> Void) {
    if senderDisplayName.isEmpty, let sender { body(sender) }
    switch content {
    case .topicUpdated(_, let initiator):
      if let initiator { body(initiator) }
    case .participantAdded(let people, let initiator),
      .participantRemoved(let people, let initiator):
      if let initiator { body(initiator) }
      for person in people where person.displayName?.isEmpty ?? true { body(person.identifier) }
    default: break
    }
  }
}
