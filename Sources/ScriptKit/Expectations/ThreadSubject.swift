import ACSTypes
import ClientModel

extension Subject {
  static let thread = Subject(
    "thread",
    [
      .init("expect thread \"TOPIC\"", "A thread of the list is called so."),
      .init(
        "… is open | selected | unread | read | pinned | quiet | left",
        "How it stands; left is one that the person is not in any more."),
      .init("… has N unread", "So many messages of others were not seen."),
    ]
  ) { words throws(ScriptError) in try ThreadLook(&words) }

  static let people = Subject(
    "people",
    [
      .init(
        "expect people \(TextTest.usage)",
        "Who is in the open thread, by name, the user first, with commas between.")
    ]
  ) { words throws(ScriptError) in
    TextLook(
      what: "who is in the thread", test: try TextTest(&words),
      text: { run throws(StepFailure) in
        let state = try run.state()
        guard let open = state.threads.open else { throw StepFailure("no thread is open") }
        return state.members(of: open).map { state.name(of: $0.identifier, in: open) }
          .joined(separator: ", ")
      })
  }
}

/// Looks for threads of the list.
private struct ThreadLook: Look {
  private enum Standing: String, CaseIterable {
    case open, selected, unread, read, pinned, quiet, left
  }

  private let topic: ScriptText
  private var standings: [Standing] = []
  private var unread: Int?

  init(_ words: inout Words) throws(ScriptError) {
    topic = try words.text("the topic")
    while true {
      if words.takes("is") {
        let word = try words.word("how it stands", of: Standing.allCases.map(\.rawValue))
        standings += [Standing(rawValue: word)].compactMap(\.self)
      } else if try words.takesOnce("has", unless: unread != nil) {
        unread = try words.number("how many", in: 0...100_000)
        try words.needs("unread")
      } else {
        break
      }
    }
  }

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let state = try run.state()
    let topic = run.value(topic)
    let entries = state.threads.entries.map { ($0, words($0, state)) }
    let called = entries.filter { state.title(of: $0.0.thread.id) == topic }
    let fits = called.filter { entry, _ in
      standings.allSatisfy { stands(entry, $0, state) }
        && (unread.map { $0 == entry.unreadCount } ?? true)
    }
    let instead =
      called.isEmpty
      ? "there is no thread \(quoted(topic))"
        + (entries.isEmpty
          ? "; the list is empty"
          : "; there are:" + entries.prefix(8).map { "\n  \($0.1)" }.joined())
      : "it is:" + called.map { "\n  \($0.1)" }.joined()
    return Finding(
      matches: fits.map(\.1), instead: instead, wanted: called.isEmpty ? topic : nil,
      candidates: entries.map { state.title(of: $0.0.thread.id) }, statePath: "threads")
  }

  private func stands(_ entry: ThreadList.Entry, _ standing: Standing, _ state: ClientState) -> Bool
  {
    switch standing {
    case .open: state.threads.open == entry.thread.id
    case .selected: state.threads.selected == entry.thread.id
    case .unread: entry.isUnread
    case .read: !entry.isUnread
    case .pinned: entry.isPinned
    case .quiet: entry.isMuted
    case .left: entry.standing != .member
    }
  }

  private func words(_ entry: ThreadList.Entry, _ state: ClientState) -> String {
    let marks = Standing.allCases.filter { $0 != .read && stands(entry, $0, state) }.map(\.rawValue)
    let unread = entry.unreadCount > 0 ? ["\(entry.unreadCount) unread"] : []
    let all = (marks + unread).joined(separator: ", ")
    return quoted(state.title(of: entry.thread.id)) + (all.isEmpty ? "" : " (\(all))")
  }
}
