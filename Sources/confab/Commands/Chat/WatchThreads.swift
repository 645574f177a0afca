import ACSTypes
import ArgumentTable
import Executor

extension ChatSubcommand {
  /// `confab chat watch`: what happens in all threads.
  static let watch = ChatSubcommand(
    CommandTable(
      "watch", summary: "what happens in all threads, as it comes",
      about: [
        """
        It goes on until Ctrl-C, which ends it with 0, and tells each message, edit and deletion once, also when the \
        service was away in between. People who type or read are told with --json only, where the service tells it.
        """, exitCodes,
      ],
      options: [.flag("ids", "Begin each line with the message's id")],
      examples: [
        .init("confab chat watch", "Read along everywhere"),
        .init(
          "confab chat watch --json | jq -c 'select(.event==\"chatMessageReceived\")'",
          "New messages for a program"),
      ]),
    goesOn: { _ in true }
  ) { workplace in
    var reading = ThreadReading(startedOn: workplace.clock.now)
    var teller = MessageTeller(workplace)
    let watch = ChatWatch(workplace, only: nil)
    try await watch.run(&reading) { news, topic in await teller.tell(news, place: topic) }
    return .done
  }
}
