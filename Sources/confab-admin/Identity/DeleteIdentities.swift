import ACSClient
import ACSTypes
import ArgumentTable

extension AdminCommand {
  /// `confab identity delete`: identities end, with their tokens.
  static let deleteIdentities = AdminCommand(
    CommandTable(
      "delete", summary: "delete identities with their tokens; they cannot be had back",
      about: [AdminCommand.exitCodes],
      operands: [AdminCommand.identityOperand, AdminCommand.moreIdentitiesOperand],
      examples: [.init("confab identity delete 8:acs:…", "One identity")]),
    below: "identity"
  ) { workplace in
    let identities = try workplace.typedIdentities()
    let resource = try workplace.resource()
    return try await IdentityBatch.run(identities) { try await resource.delete($0) }
      .report("deleted", to: workplace.output)
  }

  /// `confab identity revoke`: the tokens that identities have end, later ones do not.
  static let revokeTokens = AdminCommand(
    CommandTable(
      "revoke", summary: "make every token that identities have had invalid",
      about: [AdminCommand.exitCodes],
      operands: [AdminCommand.identityOperand, AdminCommand.moreIdentitiesOperand],
      examples: [.init("confab identity revoke 8:acs:…", "After a token got into wrong hands")]),
    below: "identity"
  ) { workplace in
    let identities = try workplace.typedIdentities()
    let resource = try workplace.resource()
    return try await IdentityBatch.run(identities) {
      try await resource.identities.revokeTokens(of: $0)
    }
    .report("revoked", to: workplace.output)
  }

  private static let identityOperand = CommandTable.Operand("ID", "An identity of the resource")
  private static let moreIdentitiesOperand = CommandTable.Operand(
    "ID", "More identities", count: .many)
}

extension Workplace {
  /// The identities that were typed, each once; nothing is done before all of them look right.
  fileprivate func typedIdentities() throws -> [CommunicationIdentifier] {
    var identities: [CommunicationIdentifier] = []
    for text in arguments.operands {
      let identity = try identity(text)
      if !identities.contains(identity) { identities.append(identity) }
    }
    return identities
  }
}
