public import ACSTypes

/// Up to where the others have read.
extension ClientState {
  /// Takes receipts in; one that is behind what is known of the same person changes nothing.
  mutating func noteReceipts(_ receipts: [ChatMessageReadReceipt], in id: ChatThreadID) {
    guard threads.entry(id) != nil else { return }
    for receipt in receipts where receipt.sender != session.session?.identity {
      let known = conversations[id]?.receipts[receipt.sender]
      guard receipt.messageID.place > known?.messageID.place ?? -1 else { continue }
      conversations[id, default: Conversation()].receipts[receipt.sender] = receipt
    }
    keepThread(id)
  }

  mutating func receiptsFinished(
    _ id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .receipts(let receipts):
      noteReceipts(receipts, in: id)
      chatAnswered(&turn)
    case .failed(let error):
      chatFailed(error, &turn)
    default:
      break
    }
  }
}

extension Conversation {
  /// Who has read the message at `place`, in the order of their ids.
  public func readers(of place: Int64) -> [CommunicationIdentifier] {
    receipts.values.filter { $0.messageID.place >= place }.map(\.sender)
      .sorted { $0.rawID < $1.rawID }
  }
}
