import ACSTypes

extension ChatAttachment {
  /// The attachments of a message's content; those without an id are left out, for nobody could ask for them.
  static func all(in content: ChatMessageContentModel?) -> [ChatAttachment] {
    (content?.unknown["attachments"]?.array ?? []).compactMap { json in
      guard let id = json["id"]?.string else { return nil }
      return ChatAttachment(
        id: id, kind: json["attachmentType"]?.string.flatMap(Kind.init) ?? .unknown,
        name: json["name"]?.string, url: json["url"]?.string)
    }
  }
}
