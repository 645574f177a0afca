import ACSClient
import ACSTypes
import ArgumentTable

extension ChatSubcommand {
  /// `confab chat tail`: the newest messages of a thread, and those that come.
  static let tail = ChatSubcommand(
    CommandTable(
      "tail", summary: "the newest messages of a thread, and with -f those that come",
      about: [
        """
        With --follow it goes on until Ctrl-C, which ends it with 0: it tells each message, edit and deletion once, and \
        goes on where it was when the service was away. With --json, messages that come are told as `chat watch` \
        tells them.
        """, exitCodes,
      ],
      options: [
        .integer("lines", short: "n", in: 0...10_000, "So many messages first", default: 10),
        .flag("follow", short: "f", "Go on with what comes, until Ctrl-C"),
        .flag("ids", "Begin each line with the message's id"),
      ],
      operands: [threadOperand],
      examples: [
        .init("confab chat tail -f 'Release room'", "Read along")
      ]),
    goesOn: { $0.flag("follow") }
  ) { workplace in
    let thread = try await ThreadChoice(workplace.operand(0, "THREAD")).find(in: workplace.chat)
    let count = workplace.arguments.integer("lines") ?? 10
    // A page at least, to know what was there before.
    let known = try await workplace.chat.messages(
      in: thread.id, before: nil, limit: max(count, 100))
    var teller = MessageTeller(workplace)
    await teller.tell(Array(known.suffix(count)), in: thread.id)
    guard workplace.arguments.flag("follow") else { return .done }
    var reading = ThreadReading(thread: thread, known: known)
    let watch = ChatWatch(workplace, only: thread.id)
    try await watch.run(&reading) { news, _ in await teller.tell(news) }
    return .done
  }
}
