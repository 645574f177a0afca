import ACSClient
import ACSTypes
import ArgumentTable
import Glibc
import LocalStore
import Services

extension ChatSubcommand {
  /// `confab chat export`: a thread's whole history.
  static let export = ChatSubcommand(
    CommandTable(
      "export", summary: "a thread's whole history as JSON, text or HTML",
      about: [
        """
        It reads the thread from the service into the history on this machine first, unless --offline is given, and \
        writes all that is there, oldest message first. A page of HTML loads nothing and runs nothing.
        """, exitCodes,
      ],
      options: [
        .choice(
          "format", HistoryExport.Format.allCases.map(\.rawValue), "How it is written",
          default: "text"),
        .text("output", short: "o", "FILE", "Where to, in place of standard output"),
        .flag("force", "Overwrite what is there"),
        .flag("offline", "Only what this machine has"),
      ],
      operands: [threadOperand],
      examples: [
        .init("confab chat export 'Release room' --format html -o room.html", "A page to keep"),
        .init(
          "confab chat export 'Release room' --format jsonl --offline | jq .text",
          "A message a line"),
      ])
  ) { workplace in
    let arguments = workplace.arguments
    let choice = ThreadChoice(try workplace.operand(0, "THREAD"))
    let sink = try ExportSink(
      path: arguments.text("output"), overwrites: arguments.flag("force"), workplace.output)
    let history: ChatHistory
    let thread: StoredThread
    if arguments.flag("offline") {
      guard let kept = try ChatHistory.ofLastUser(workplace) else {
        throw ChatError(
          .badData, "Nothing is kept on this machine yet; leave out --offline to read the service.")
      }
      (history, thread) = (kept, try await kept.find(choice))
    } else {
      let found = try await choice.find(in: workplace.chat)
      guard let kept = try await ChatHistory.ofUser(workplace, isMade: true) else {
        preconditionFailure("a history that is to be made is missing")
      }
      history = kept
      thread = try await history.fill(found, from: workplace.chat)
    }
    let format =
      arguments.flag("json")
      ? .json : HistoryExport.Format(rawValue: arguments.text("format") ?? "") ?? .text
    let contacts = try await history.store.load().contacts
    do {
      try await HistoryExport(format, of: thread, contacts: contacts)
        .write(from: history.store) { text in try sink.write(text) }
      try sink.finish()
    } catch {
      sink.discard()
      throw error
    }
    return .done
  }
}

/// Where an export goes: standard output, or a file that appears when it is whole.
struct ExportSink: Sendable {
  private let output: ChatOutput
  private let path: String?
  private let overwrites: Bool
  private let file: Int32

  /// - Throws: ``ChatError`` with code 65 when the file is there already or cannot be made.
  init(path: String?, overwrites: Bool, _ output: ChatOutput) throws(ChatError) {
    self.output = output
    self.path = path == "-" ? nil : path
    self.overwrites = overwrites
    guard let path = self.path else {
      file = -1
      return
    }
    guard overwrites || access(path, F_OK) != 0 else {
      throw ChatError(
        .badData, "\(path) is there already; --force overwrites it, --output names another.")
    }
    file = open(
      ExportSink.part(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw ExportSink.failure(path) }
  }

  func write(_ text: String) throws(ChatError) {
    guard let path else { return output.pour(Array(text.utf8)) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ExportSink.failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Puts the file into its place.
  func finish() throws(ChatError) {
    guard let path else { return }
    let part = ExportSink.part(path)
    // A link fails where something is; a rename takes its place.
    guard close(file) == 0, overwrites ? rename(part, path) == 0 : link(part, path) == 0 else {
      throw ExportSink.failure(path)
    }
    if !overwrites { unlink(part) }
  }

  /// Takes a file away that did not become whole.
  func discard() {
    if let path { unlink(ExportSink.part(path)) }
  }

  private static func part(_ path: String) -> String { "\(path).part\(getpid())" }

  private static func failure(_ path: String) -> ChatError {
    ChatError(.badData, "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
