public import ACSTypes

extension ChatMessageReadReceipt {
  /// The receipt that Chat tells.
  public init(_ model: ReadReceiptModel) {
    self.init(
      sender: model.sender.identifier, messageID: ChatMessageID(model.chatMessageID),
      readOn: model.readOn.moment)
  }
}

extension ReadReceiptModel {
  /// The receipt as Chat tells it.
  public init(_ receipt: ChatMessageReadReceipt) {
    self.init(
      sender: IdentifierModel(receipt.sender), chatMessageID: receipt.messageID.rawValue,
      readOn: WireTime(chat: receipt.readOn))
  }
}
