public import ArgumentTable
import ChildPrograms
import Executor
public import ServiceAuth
public import Services

/// The options by which every program takes the credential of a resource, with the environment behind them.
public enum CredentialOptions {
  /// The options, for the program's table.
  public static let options: [CommandTable.Option] = [
    .text(
      "connection-string-file", "PATH",
      "Read the connection string from this file (or CONFAB_CONNECTION_STRING)"),
    .text("endpoint", "URL", "The resource's address, without a connection string"),
    .text(
      "access-key-file", "PATH",
      "With --endpoint: read the access key from this file (or CONFAB_ACCESS_KEY)"),
    .flag("managed-identity", "With --endpoint: use a managed identity, by the default chain"),
    .choice(
      "identity-source", IdentitySource.allCases.map(\.rawValue),
      "With --endpoint: use a managed identity from here only"),
    .text("client-id", "ID", "Which identity: by client id (or AZURE_CLIENT_ID)"),
    .text("object-id", "ID", "Which managed identity: by object id"),
    .text("resource-id", "ID", "Which managed identity: by resource id"),
    .text("tenant-id", "ID", "The tenant of an application (or AZURE_TENANT_ID)"),
    .text(
      "client-secret-file", "PATH",
      "Read an application's secret from this file (or AZURE_CLIENT_SECRET)"),
  ]

  /// The credential that the command line asks for, else the environment.
  ///
  /// Nothing is sent; secret files are read.
  ///
  /// - Parameters:
  ///   - arguments: Parsed by a table with ``options``.
  ///   - exchange: Fetches the tokens of a managed identity.
  ///   - clock: Dates signatures, and tells when tokens expire.
  ///   - random: Spreads retries.
  /// - Returns: A credential whose access key is well-formed; whether the service takes it is not known yet.
  /// - Throws: `ServiceAuthError`; its `exitCode` is the program's.
  public static func credential(
    _ arguments: ParsedArguments, exchange: any HTTPExchange, clock: any WallClock,
    random: any RandomSource
  ) throws(ServiceAuthError) -> ServiceCredential {
    let world = World(
      environment: .process, exchange: exchange, clock: clock, random: random,
      timer: SystemTimer(), programs: ChildProgramRunner())
    return try CredentialChoice(arguments, environment: world.environment).credential(in: world)
  }
}
