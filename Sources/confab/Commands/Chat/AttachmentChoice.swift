import ACSTypes
import ArgumentTable

/// The attachment that somebody typed: an id, a name that only one has, a number in the message's list, or nothing where
/// there is only one.
struct AttachmentChoice: Sendable {
  private let typed: String?

  init(_ typed: String?) {
    self.typed = typed
  }

  /// - Throws: ``CommandError`` with code 65 when none is meant, or several are.
  func pick(from message: ChatMessage) throws(CommandError) -> ChatAttachment {
    let all = message.attachments
    guard !all.isEmpty else {
      throw CommandError(.badData, "The message \(message.id.rawValue) has no attachments.")
    }
    guard let typed else {
      if all.count == 1 { return all[0] }
      throw CommandError(.badData, "Name one of the message's attachments:\n\(list(all))")
    }
    if let meant = all.first(where: { $0.id == typed }) { return meant }
    let named = all.filter { $0.name == typed }
    if named.count == 1 { return named[0] }
    if named.isEmpty, let number = Int(typed), all.indices.contains(number - 1) {
      return all[number - 1]
    }
    throw CommandError(
      .badData,
      (named.isEmpty
        ? "The message has no attachment \(typed.debugDescription); it has these:\n"
        : "Several attachments are called \(typed.debugDescription); take a number or an id:\n")
        + list(all))
  }

  private func list(_ all: [ChatAttachment]) -> String {
    all.enumerated()
      .map { "  \($0 + 1)  \($1.kind.rawValue)  \($1.name ?? "")  \($1.id)" }
      .joined(separator: "\n")
  }
}
