import ACSTypes
import ACSWire
import ArgumentTable

extension AdminCommand {
  /// `confab identity create`: a new identity, with a token when scopes are named.
  static let createIdentity = AdminCommand(
    CommandTable(
      "create", summary: "make an identity, and with --scope its first token",
      about: [
        "It prints the id, and below it the token if one was asked for.", AdminCommand.exitCodes,
      ],
      options: TokenOptions.options,
      examples: [
        .init("confab identity create", "A new identity"),
        .init("confab identity create --json | jq -r .identity.id", "The same for a program"),
      ]),
    below: "identity", makesIdentities: true
  ) { workplace in
    let options = try TokenOptions(workplace)
    guard !options.scopes.isEmpty || options.minutes == nil else {
      throw workplace.wrong("option '--expires-in' needs '--scope': only a token expires")
    }
    let resource = try workplace.resource()
    let purpose = "identity create"
    guard !options.scopes.isEmpty else {
      let identity = try await resource.createIdentity(for: purpose)
      workplace.output.say(identity.rawID)
      workplace.output.say(json: ["identity": ["id": .string(identity.rawID)]])
      return .done
    }
    let token = try await resource.createIdentity(
      for: purpose, scopes: options.scopes, minutes: options.minutes)
    workplace.output.say(token.identity.rawID)
    workplace.output.say(token.token.reveal())
    workplace.output.say(json: token.json)
    return .done
  }
}
