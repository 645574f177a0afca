import ACSTypes
import ClientModel

/// Something of a state that is worked out, by a path that no property has.
public struct StateFacet: Sendable {
  /// The path.
  public let path: String
  /// What it tells.
  public let meaning: String
  let value: @Sendable (ClientState) -> String

  /// All of them.
  public static let all = [
    StateFacet(
      path: "connection.kind",
      meaning:
        "How the client stands to Chat: connecting, live, reconnecting, polling, offline, sign-in failed."
    ) {
      $0.connectionStatus.kind
    },
    StateFacet(
      path: "connection.cause",
      meaning: "Why messages do not come as they are sent; nil when they do."
    ) {
      $0.connectionStatus.cause ?? "nil"
    },
    StateFacet(
      path: "outbox.waiting",
      meaning: "How many changes wait for the service, those that failed aside."
    ) {
      String($0.outbox.waitingCount)
    },
    StateFacet(path: "threads.count", meaning: "How many threads the list has.") {
      String($0.threads.entries.count)
    },
    StateFacet(path: "threads.unread", meaning: "How many threads have something unseen.") {
      String($0.threads.unreadCount)
    },
    StateFacet(
      path: "thread.title", meaning: "What the open thread is called; nil while none is open."
    ) { state in
      state.threads.open.map { state.title(of: $0) } ?? "nil"
    },
    StateFacet(
      path: "thread.messages", meaning: "How many messages of the open thread are in memory."
    ) { state in
      String(state.threads.open.map { state.conversations[$0]?.messages.count ?? 0 } ?? 0)
    },
    StateFacet(
      path: "thread.typing", meaning: "Who types in the open thread, by name, with commas between."
    ) { state in
      state.threads.open.map { state.typingNames(in: $0).joined(separator: ", ") } ?? ""
    },
    StateFacet(
      path: "thread.selected", meaning: "The text of the selected message; nil while none is."
    ) { state in
      guard let open = state.threads.open, let conversation = state.conversations[open],
        let id = conversation.selected, let index = conversation.index(of: id)
      else { return "nil" }
      return conversation.messages[index].plainText
    },
    StateFacet(
      path: "thread.id", meaning: "The id of the open thread; nil while none is."
    ) { $0.threads.open?.rawValue ?? "nil" },
    StateFacet(path: "me", meaning: "Who is signed in, by id; nil before that.") {
      $0.me?.rawID ?? "nil"
    },
  ]

  static func named(_ path: String) -> StateFacet? { all.first { $0.path == path } }
}
