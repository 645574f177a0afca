import ACSClient
import ACSTypes
import ArgumentTable

extension AdminCommand {
  /// `confab token issue`: a token of an identity, of a new one unless one is named.
  static let issueToken = AdminCommand(
    CommandTable(
      "issue", summary: "issue a user access token with the resource's credential",
      about: [
        """
        It prints the token, for that is what it is for; whoever has it can act as the identity. Without --identity \
        it makes a new one, whose id stands on standard error, and which confab cleanup deletes.
        """, AdminCommand.exitCodes,
      ],
      options: TokenOptions.options + [
        .text("identity", "ID", "Issue it for this identity of the resource")
      ],
      examples: [
        .init(
          "confab token issue --scope chat --scope voip --expires-in 90m",
          "A token of a new identity, good for 90 minutes"),
        .init(
          "confab token issue --scope chat | confab token inspect -", "See what is in a token"),
      ]),
    below: "token", makesIdentities: true
  ) { workplace in
    let options = try TokenOptions(workplace)
    guard !options.scopes.isEmpty else {
      throw workplace.wrong("option '--scope' is missing; give it once for each scope")
    }
    let identity = try workplace.arguments.text("identity").map {
      try workplace.identity($0)
    }
    let resource = try workplace.resource()
    let token =
      if let identity {
        // Nothing is lost with the answer, so a signal need not wait for it.
        try await workplace.interruption.stoppable {
          try await resource.identities.issueToken(
            for: identity, scopes: options.scopes, lifetimeInMinutes: options.minutes)
        }
      } else {
        try await resource.createIdentity(
          for: "token issue", scopes: options.scopes, minutes: options.minutes)
      }
    workplace.output.say(token.token.reveal())
    workplace.output.say(json: token.json)
    let owner = identity == nil ? "the new identity " : ""
    workplace.output.mention(
      "confab: a token of \(owner)\(token.identity.rawID), good until \(token.expiresOn.iso8601)")
    return .done
  }
}
