import ArgumentTable
import Executor

extension AdminCommand {
  /// `confab quickstart`: shows the service's first steps, and leaves nothing behind.
  static let quickstart = AdminCommand(
    CommandTable(
      "quickstart", summary: "walk through identities and tokens once, and leave nothing behind",
      about: [
        """
        It makes an identity, issues a token for calls and one for chat, deletes the identity, and makes sure that it \
        is gone. The line of each token is <redacted> unless --show-token is given. The identity is deleted also when \
        a step fails or Ctrl-C comes midway; one of a quickstart that was killed is deleted by confab cleanup.
        """, AdminCommand.exitCodes,
      ],
      options: [.flag("show-token", "Print the tokens, which end with the tour")],
      examples: [.init("confab quickstart", "The tour")]),
    makesIdentities: true
  ) { workplace in
    let output = workplace.output
    let showsTokens = workplace.arguments.flag("show-token")
    let quickstart = Quickstart(
      resource: try workplace.resource(), interruption: workplace.interruption,
      timer: SystemTimer(), showsTokens: showsTokens, say: { output.say($0) })
    let record = try await quickstart.run()
    output.say(json: record.json(showingTokens: showsTokens))
    return .done
  }
}
