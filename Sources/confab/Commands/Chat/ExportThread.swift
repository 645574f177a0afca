import ACSClient
import ACSTypes
import ArgumentTable
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
    let file = try OutputFile(
      path: arguments.text("output"), overwrites: arguments.flag("force"), workplace.output)
    let history: ChatHistory
    let thread: StoredThread
    if arguments.flag("offline") {
      guard let kept = try ChatHistory.ofLastUser(workplace) else {
        throw ChatHistory.nothingKept(workplace, "leave out --offline to read the service")
      }
      try await kept.dropOld()
      (history, thread) = (kept, try await kept.find(choice))
      if let missing = ChatHistory.missing(of: thread) {
        workplace.output.mention("confab: \(missing)")
      }
    } else {
      let found = try await choice.find(in: workplace.chat)
      guard let kept = try await ChatHistory.ofUser(workplace, isMade: true) else {
        preconditionFailure("a history that is to be made is missing")
      }
      history = kept
      thread = try await history.fill(
        found, from: workplace.chat,
        directory: DirectoryNames(workplace.directory, clock: workplace.clock))
    }
    let format =
      arguments.flag("json")
      ? .json : HistoryExport.Format(rawValue: arguments.text("format") ?? "") ?? .text
    let contacts = try await history.store.load().contacts
    try await HistoryExport(format, of: thread, contacts: contacts)
      .write(from: history.store) { text in try file.write(Array(text.utf8)) }
    try file.finish()
    // What is exported may be older than what is kept.
    try await history.dropOld()
    return .done
  }
}
