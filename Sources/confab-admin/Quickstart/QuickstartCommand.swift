import ArgumentTable

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
    prepare: Interruption.prepare
  ) { workplace in
    let output = workplace.output
    let interruption = Interruption()
    interruption.watch()
    let showsTokens = workplace.arguments.flag("show-token")
    let quickstart = Quickstart(
      resource: try workplace.resource(), interruption: interruption, showsTokens: showsTokens,
      say: { output.say($0) })
    do {
      let record = try await quickstart.run()
      output.say(json: record.json(showingTokens: showsTokens))
    } catch is Interruption.Stopped {
      // The identity is gone; what is left is to end as the signal wants it.
    }
    if let signal = interruption.signal { Interruption.end(by: signal) }
    return .done
  }
}
