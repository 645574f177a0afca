import ACSClient
import ACSTypes
import ArgumentTable
import LocalStore
import Services
import TextLayout

extension ChatSubcommand {
  /// `confab chat list`: the threads.
  static let list = ChatSubcommand(
    CommandTable(
      "list", summary: "the threads, latest message first",
      about: [
        """
        A line has the time of the last message, how many unread ones there are as far as this machine knows, the topic and the \
        id. A thread that was deleted or that you left has a note behind its topic.
        """, exitCodes,
      ],
      examples: [
        .init("confab chat list", "All threads"),
        .init("confab chat list --json | jq -r .id", "Their ids"),
      ])
  ) { workplace in
    let rows = try await ThreadRow.all(workplace)
    if workplace.output.isJSON {
      for row in rows {
        workplace.output.say(
          ChatJSON.thread(
            row.thread, standing: row.standing, unread: row.unread,
            hasMoreUnread: row.hasMoreUnread))
      }
    } else {
      workplace.output.say(ThreadRow.lines(rows))
    }
    return .done
  }
}

/// A thread as it is listed.
struct ThreadRow: Hashable, Sendable {
  var thread: ChatThread
  var standing: ThreadStanding
  /// `nil` where this machine does not know.
  var unread: Int?
  /// True when there are more than that.
  var hasMoreUnread = false

  /// The service's threads with what this machine knows of them, then those that only this machine remembers.
  static func all(_ workplace: ChatWorkplace) async throws -> [ThreadRow] {
    let threads = try await workplace.chat.allThreads()
    do {
      let history = try await ChatHistory.ofUser(workplace, isMade: false)
      return rows(threads, kept: try await history?.store.load().threads ?? [])
    } catch let error as StoreError {
      workplace.output.complain(
        "confab: \(error.message) The list is the service's alone, without what is unread.")
      return rows(threads, kept: [])
    }
  }

  /// The rows of the service's `threads`, then those of the `kept` ones that it does not tell.
  static func rows(_ threads: [ChatThread], kept: [StoredThread]) -> [ThreadRow] {
    var rest = Dictionary(kept.map { ($0.thread.id, $0) }) { $1 }
    let rows = threads.map { thread in
      ThreadRow(
        thread, thread.deletedOn == nil ? .member : .deleted, rest.removeValue(forKey: thread.id))
    }
    let past = rest.values.filter { $0.standing != .member }.map {
      ThreadRow($0.thread, $0.standing, $0)
    }
    return rows + past.sorted { $0.thread.id.rawValue < $1.thread.id.rawValue }
  }

  private init(_ thread: ChatThread, _ standing: ThreadStanding, _ stored: StoredThread?) {
    self.thread = thread
    self.standing = standing
    guard let stored, stored.isCounted else { return }
    unread = stored.unreadCount
    hasMoreUnread = stored.hasMoreUnread
  }

  /// The lines for people.
  static func lines(_ rows: [ThreadRow]) -> [String] {
    let labels = rows.map { row in
      let topic = SafeText.line(row.thread.topic)
      return row.standing == .member ? topic : "\(topic) (\(ChatJSON.word(row.standing)))"
    }
    let unread = rows.map { row in
      row.unread.map { $0 == 0 ? "" : "\($0)\(row.hasMoreUnread ? "+" : "")" } ?? ""
    }
    let unreadColumns = max(1, unread.map(\.count).max() ?? 0)
    let topicColumns = min(40, labels.map { Columns.width(of: $0) }.max() ?? 0)
    return rows.indices.map { index in
      let time = rows[index].thread.lastMessageReceivedOn.map(MessageText.time) ?? "-"
      let count = String(repeating: " ", count: unreadColumns - unread[index].count) + unread[index]
      return [
        MessageText.cell(time, 19), count, MessageText.cell(labels[index], topicColumns),
        SafeText.line(rows[index].thread.id.rawValue),
      ].joined(separator: "  ")
    }
  }
}
