import ACSTypes
import ArgumentTable
import ServiceAuth

/// Which credential was chosen, before anything of it is read.
enum CredentialChoice: Equatable {
  /// A connection string from a file.
  case connectionStringFile(String)
  /// The connection string of the environment.
  case connectionString(Secret)
  /// An access key from a file.
  case accessKeyFile(String, endpoint: String)
  /// The access key of the environment.
  case accessKey(Secret, endpoint: String)
  /// A managed identity.
  case managedIdentity(IdentityChoice, endpoint: String)

  /// What the command line names wins over the environment; there a connection string wins over an access key.
  init(_ arguments: ParsedArguments, environment: Environment) throws(ServiceAuthError) {
    let identity = try IdentityChoice(arguments)
    let named = ["connection-string-file", "access-key-file"].filter { arguments.flag($0) }
    if let first = named.first, named.count > 1 || identity != nil {
      let second = named.dropFirst().first ?? "managed-identity"
      throw ServiceAuthError(
        .conflictingOptions, "--\(first) and --\(second) exclude each other; give one of them.")
    }
    if let file = arguments.text("connection-string-file") {
      guard !arguments.flag("endpoint") else {
        throw ServiceAuthError(
          .conflictingOptions,
          "--endpoint and --connection-string-file exclude each other: a connection string names "
            + "its own endpoint.")
      }
      self = .connectionStringFile(file)
      return
    }
    let endpoint = arguments.text("endpoint") ?? environment["CONFAB_ENDPOINT"]
    if let identity {
      self = .managedIdentity(
        identity, endpoint: try CredentialChoice.needed(endpoint, for: "a managed identity"))
    } else if let file = arguments.text("access-key-file") {
      self = .accessKeyFile(
        file, endpoint: try CredentialChoice.needed(endpoint, for: "an access key"))
    } else if let text = environment["CONFAB_CONNECTION_STRING"], !arguments.flag("endpoint") {
      self = .connectionString(Secret(text))
    } else if let key = environment["CONFAB_ACCESS_KEY"] {
      self = .accessKey(
        Secret(key), endpoint: try CredentialChoice.needed(endpoint, for: "an access key"))
    } else if let endpoint {
      throw ServiceAuthError(
        .missingCredential,
        "There is no credential for \(endpoint). Give --access-key-file, CONFAB_ACCESS_KEY or "
          + "--managed-identity.")
    } else {
      throw ServiceAuthError(
        .missingCredential,
        "There is no credential. Name a file with --connection-string-file, or set "
          + "CONFAB_CONNECTION_STRING; or give --endpoint with --access-key-file or "
          + "--managed-identity. `confab emulator` prints a connection string.")
    }
  }

  /// The credential itself; reads secret files, sends nothing.
  func credential(in world: World) throws(ServiceAuthError) -> ServiceCredential {
    let clock = world.clock
    return switch self {
    case .connectionStringFile(let path):
      ServiceCredential(try ConnectionString(SecretFile(path).text), clock: clock)
    case .connectionString(let text):
      ServiceCredential(try ConnectionString(text), clock: clock)
    case .accessKeyFile(let path, let endpoint):
      try ServiceCredential(endpoint: endpoint, accessKey: SecretFile(path).text, clock: clock)
    case .accessKey(let key, let endpoint):
      try ServiceCredential(endpoint: endpoint, accessKey: key, clock: clock)
    case .managedIdentity(let identity, let endpoint):
      try ServiceCredential(
        endpoint: endpoint,
        identity: EntraCredential(source: identity.tokenSource(in: world), clock: clock))
    }
  }

  private static func needed(
    _ endpoint: String?, for credential: String
  ) throws(ServiceAuthError) -> String {
    guard let endpoint else {
      throw ServiceAuthError(
        .missingCredential,
        "There is \(credential), but no endpoint: give --endpoint or CONFAB_ENDPOINT, such as "
          + "https://<name>.communication.azure.com.")
    }
    return endpoint
  }
}
