public import ACSTypes
public import Services

/// Writes a thread's history, oldest message first, for people or programs to keep.
///
/// Whatever a message, a name or a file's name holds, it stays what it is: it becomes no markup, no script, no line of
/// its own and no command of a terminal.
public struct HistoryExport: Sendable {
  /// The form of what is written.
  public enum Format: String, CaseIterable, Sendable {
    /// One JSON object: the thread, then its messages.
    case json
    /// One JSON object a line, one for each message.
    case jsonLines = "jsonl"
    /// Lines as in the log of a chat, times in UTC.
    case text
    /// One page that needs nothing else and runs nothing.
    case html
  }

  /// The messages that are read at a time.
  private static let pageSize = 500

  private let thread: StoredThread
  private let writer: any ExportWriter

  /// An export.
  ///
  /// - Parameters:
  ///   - format: The form.
  ///   - thread: Which one, and who is in it.
  ///   - contacts: Names of people whom neither their messages nor the thread name.
  ///   - plainText: What a reader sees of a message's HTML.
  public init(
    _ format: Format, of thread: StoredThread,
    contacts: [CommunicationIdentifier: String] = [:],
    plainText: @escaping @Sendable (String) -> String = { PlainText(html: $0).text }
  ) {
    self.thread = thread
    let names = ExportNames(thread: thread, contacts: contacts)
    writer =
      switch format {
      case .json: JSONExport(names: names, plainText: plainText, isLines: false)
      case .jsonLines: JSONExport(names: names, plainText: plainText, isLines: true)
      case .text: TextExport(names: names, plainText: plainText)
      case .html: HTMLExport(names: names, plainText: plainText)
      }
  }

  /// Writes all that `store` has of the thread; it never holds more of it than a page.
  ///
  /// - Throws: What the store or `sink` throws; what was written until then stays.
  public func write(
    from store: any HistoryStore, to sink: (String) async throws -> Void
  ) async throws {
    try await sink(writer.head(thread))
    var place: Int64?
    var isFirst = true
    while true {
      let page = try await store.messages(
        in: thread.thread.id, after: place, limit: HistoryExport.pageSize)
      guard let last = page.last else { break }
      var text = ""
      for message in page {
        text += writer.entry(message, isFirst: isFirst)
        isFirst = false
      }
      try await sink(text)
      place = last.id.place
    }
    try await sink(writer.tail)
  }
}

/// One form of an export.
protocol ExportWriter: Sendable {
  /// What comes before the messages.
  func head(_ thread: StoredThread) -> String
  /// A message.
  func entry(_ message: ChatMessage, isFirst: Bool) -> String
  /// What comes behind the messages.
  var tail: String { get }
}
