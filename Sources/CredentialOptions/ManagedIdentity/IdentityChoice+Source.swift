import ACSTypes
import ServiceAuth

extension IdentityChoice {
  /// Where the tokens come from.
  ///
  /// - Throws: `ServiceAuthError` that says which variable or option is missing; in the chain that only passes a source
  ///   over.
  func tokenSource(in world: World) throws(ServiceAuthError) -> any EntraTokenSource {
    guard source == .chain else { return try tokenSource(source, in: world) }
    let sources = IdentitySource.links.filter { Self.can($0, give: id) }
    return SourceChain(sources.map { chained($0, in: world) })
  }

  private func chained(_ source: IdentitySource, in world: World) -> any EntraTokenSource {
    do throws(ServiceAuthError) {
      return try tokenSource(source, in: world)
    } catch {
      return AbsentSource(name: source.title, reason: error)
    }
  }

  private func tokenSource(
    _ source: IdentitySource, in world: World
  ) throws(ServiceAuthError) -> any EntraTokenSource {
    switch source {
    case .chain: preconditionFailure("the chain is no link of itself")
    case .metadata:
      try MetadataService(
        host: world.environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"]
          ?? MetadataService.standardOrigin,
        identity: managedID(world), exchange: world.exchange, clock: world.clock,
        timer: world.timer, random: world.random)
    case .appService:
      try AppServiceIdentity(
        endpoint: world.needed("IDENTITY_ENDPOINT"),
        header: Secret(world.needed("IDENTITY_HEADER")), identity: managedID(world),
        exchange: world.exchange, clock: world.clock, timer: world.timer, random: world.random)
    case .workload: try workload(world)
    case .clientSecret: try clientSecret(world)
    case .azureCLI: AzureCLI(programs: world.programs, clock: world.clock)
    }
  }

  private func workload(_ world: World) throws(ServiceAuthError) -> WorkloadIdentity {
    // Named first, for it is what tells that there is such an identity.
    let path = try world.needed("AZURE_FEDERATED_TOKEN_FILE")
    return WorkloadIdentity(
      authority: try authority(world), clientID: try clientID(world)
    ) { () throws(ServiceAuthError) in
      // Whoever put it there decides who may read it; the file is of use for minutes.
      try SecretFile(path, mayBeShared: true).text
    }
  }

  private func clientSecret(_ world: World) throws(ServiceAuthError) -> ClientSecretIdentity {
    let secret: @Sendable () throws(ServiceAuthError) -> Secret
    if let path = secretFile {
      secret = { () throws(ServiceAuthError) in try SecretFile(path).text }
      _ = try secret()
    } else {
      let text = Secret(try world.needed("AZURE_CLIENT_SECRET", or: "--client-secret-file"))
      secret = { text }
    }
    return ClientSecretIdentity(
      authority: try authority(world), clientID: try clientID(world), secret: secret)
  }

  private func authority(_ world: World) throws(ServiceAuthError) -> EntraAuthority {
    let tenant =
      if let tenant { tenant } else { try world.needed("AZURE_TENANT_ID", or: "--tenant-id") }
    return try EntraAuthority(
      host: world.environment["AZURE_AUTHORITY_HOST"] ?? EntraAuthority.publicCloud,
      tenant: tenant, exchange: world.exchange, clock: world.clock, timer: world.timer,
      random: world.random)
  }

  private func clientID(_ world: World) throws(ServiceAuthError) -> String {
    if case .clientID(let text) = id { return text }
    return try world.needed("AZURE_CLIENT_ID", or: "--client-id")
  }

  private func managedID(_ world: World) -> ManagedIdentityID {
    id ?? world.environment["AZURE_CLIENT_ID"].map(ManagedIdentityID.clientID) ?? .systemAssigned
  }
}

extension IdentitySource {
  /// What people call it in messages; the source's own name.
  var title: String {
    switch self {
    case .chain: "the default chain"
    case .metadata: "IMDS"
    case .appService: "App Service"
    case .workload: "workload identity"
    case .clientSecret: "client secret"
    case .azureCLI: "Azure CLI"
    }
  }
}

extension World {
  /// A variable that a source cannot do without.
  fileprivate func needed(
    _ name: String, or option: String? = nil
  ) throws(ServiceAuthError) -> String {
    guard let value = environment[name] else {
      throw ServiceAuthError(
        .missingCredential,
        "\(name) is not set\(option.map { ", nor \($0) given" } ?? "").")
    }
    return value
  }
}
