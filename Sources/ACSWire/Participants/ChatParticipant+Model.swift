public import ACSTypes

extension ChatParticipant {
  /// The participant that Chat tells.
  public init(_ model: ChatParticipantModel) {
    self.init(
      identifier: model.identifier.identifier, displayName: model.displayName,
      shareHistoryTime: model.shareHistoryTime?.moment)
  }
}

extension ChatParticipantModel {
  /// The participant as Chat tells it and as clients ask for it.
  public init(_ participant: ChatParticipant) {
    self.init(
      identifier: IdentifierModel(participant.identifier), displayName: participant.displayName,
      shareHistoryTime: participant.shareHistoryTime.map(WireTime.init(chat:)))
  }
}
