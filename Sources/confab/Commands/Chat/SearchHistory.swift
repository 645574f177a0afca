import ACSClient
import ACSTypes
import ACSWire
import ArgumentTable
import LocalStore
import Services

extension ChatSubcommand {
  /// `confab chat search`: words in what this machine keeps.
  static let search = ChatSubcommand(
    CommandTable(
      "search", summary: "messages with all these words, newest first",
      about: [
        """
        It looks through the history on this machine and asks no service: what a client or `chat export` has read. The \
        last word may be a beginning.
        """, exitCodes,
      ],
      options: [
        .text("thread", short: "t", "THREAD", "Only in this thread"),
        .integer("limit", short: "n", in: 1...10_000, "So many at the most", default: 50),
      ],
      operands: [.init("WORDS", "What to look for", count: .many)],
      examples: [
        .init("confab chat search release notes", "Both words, in any thread")
      ])
  ) { workplace in
    let words = workplace.arguments.operands.joined(separator: " ")
    guard !words.isEmpty else { throw workplace.wrong("operand WORDS is missing") }
    guard !SearchWords(words).isEmpty else {
      throw workplace.wrong("operand WORDS has no letter, digit or symbol")
    }
    guard let history = try ChatHistory.ofLastUser(workplace) else {
      throw ChatHistory.nothingKept(workplace, "`confab chat export THREAD` reads a thread")
    }
    try await history.dropOld()
    let kept = try await history.store.load()
    var only: ChatThreadID?
    if let typed = workplace.arguments.text("thread") {
      only = try await history.find(ThreadChoice(typed)).thread.id
    }
    let hits = try await history.store.search(
      words, in: only, before: nil, limit: workplace.arguments.integer("limit") ?? 50)
    for hit in hits {
      let thread = kept.threads.first { $0.thread.id == hit.thread }
      let name = hit.message.sender.map { sender in
        ChatNames.known(sender, said: hit.message.senderDisplayName, thread, kept.contacts)
      }
      if workplace.output.isJSON {
        var object = ChatJSON.message(hit.message, in: hit.thread, name: name)
        object["excerpt"] = .string(hit.excerpt)
        workplace.output.say(object)
      } else {
        let topic = MessageText.cell(SafeText.line(thread?.thread.topic ?? hit.thread.rawValue), 20)
        workplace.output.say([
          "\(MessageText.time(hit.message.createdOn))  \(topic)  \(SafeText.line(name ?? "")): "
            + SafeText.line(hit.excerpt)
        ])
      }
    }
    return .done
  }
}
