import ACSClient
import ACSTypes
import ACSWire
import ArgumentTable
import CredentialOptions
import Executor
import Glibc
import HTTPTransport
import ServerProgram
import ServiceAuth
import Services
import TrustedService

/// `confab serve explain | users | revoke | erase`: what can be known and done about users, beside the running service
/// or without one.
enum UserCommands {
  /// The commands.
  static let names: Set<String> = ["explain", "users", "revoke", "erase"]

  static func run(_ command: String, _ arguments: ParsedArguments) throws -> ExitCode {
    let configuration = try arguments.text("config").map { try ServeConfiguration(file: $0) }
    let store = try StoreChoice(
      arguments, configuration: configuration,
      folder: arguments.text("data") ?? DataFolder.standard("serve"),
      command: "confab serve \(command)")
    let executor = PosixExecutor(threads: 1, name: "tasks")
    let outcome: Result<ExitCode, any Error> = executor.run {
      do {
        switch command {
        case "explain": return .success(try await explain(store, arguments))
        case "users": return .success(try await list(store, arguments))
        case "revoke": return .success(try await revoke(store, arguments, configuration))
        default: return .success(try await erase(store, arguments, configuration))
        }
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private static func explain(
    _ store: StoreChoice, _ arguments: ParsedArguments
  ) async throws -> ExitCode {
    let users = try store.openToRead()
    for user in UserKey.meanings(of: arguments.operand(0) ?? "") {
      let account = try await users.account(
        of: user, limit: arguments.integer("limit") ?? 50, now: SystemClock().now)
      guard let account else { continue }
      if arguments.flag("json") {
        StandardStreams.output(account.json)
      } else {
        account.lines.forEach(StandardStreams.output)
      }
      return .done
    }
    throw unknown(arguments, store)
  }

  private static func list(
    _ store: StoreChoice, _ arguments: ParsedArguments
  ) async throws -> ExitCode {
    let users = try store.openToRead()
    var last: UserRecord?
    while true {
      let page = try await users.users(after: last, limit: 500)
      for user in page {
        StandardStreams.output(arguments.flag("json") ? user.json : user.line)
      }
      guard let end = page.last else { return .done }
      last = end
    }
  }

  private static func revoke(
    _ store: StoreChoice, _ arguments: ParsedArguments, _ configuration: ServeConfiguration?
  ) async throws -> ExitCode {
    let accounts = try accounts(store, arguments, configuration)
    for user in UserKey.meanings(of: arguments.operand(0) ?? "") {
      guard let identity = try await accounts.revokeTokens(of: user) else { continue }
      tell("revoked", [identity], "The tokens are worthless from now on", arguments)
      return .done
    }
    throw unknown(arguments, store)
  }

  private static func erase(
    _ store: StoreChoice, _ arguments: ParsedArguments, _ configuration: ServeConfiguration?
  ) async throws -> ExitCode {
    let accounts = try accounts(store, arguments, configuration)
    for user in UserKey.meanings(of: arguments.operand(0) ?? "") {
      let identities: [CommunicationIdentifier]
      do {
        identities = try await accounts.erase(user)
      } catch let error as ServiceError {
        throw CommandError(
          .unavailable,
          "The user is out of the directory, but ACS has not deleted the identity: \(error.message) "
            + "The running service goes on with it; so does the same command.")
      }
      guard !identities.isEmpty else { continue }
      tell("erased", identities, "The identity is deleted, and nothing is kept about it", arguments)
      return .done
    }
    throw unknown(arguments, store)
  }

  private static func tell(
    _ event: String, _ identities: [CommunicationIdentifier], _ words: String,
    _ arguments: ParsedArguments
  ) {
    for identity in identities {
      if arguments.flag("json") {
        let json: JSONValue = ["event": .string(event), "identity": .string(identity.rawID)]
        StandardStreams.output(json.text)
      } else {
        StandardStreams.output("\(identity.rawID)  \(words).")
      }
    }
  }

  private static func accounts(
    _ store: StoreChoice, _ arguments: ParsedArguments, _ configuration: ServeConfiguration?
  ) throws -> UserAccounts {
    let users = try store.openExisting()
    let clock = SystemClock()
    let exchange = CurlExchange(
      certificateAuthority: arguments.text("certificate-authority")
        ?? getenv("CONFAB_CERTIFICATE_AUTHORITY").map { String(cString: $0) })
    let credential = try CredentialOptions.credential(
      arguments, exchange: exchange, clock: clock, random: SystemRandom())
    let identities = IdentityClient(
      endpoint: credential.endpoint, exchange: exchange, authoriser: credential.authoriser)
    let audit = try AuditLog(
      path: arguments.text("audit-log") ?? configuration?.auditLog,
      log: ServeLog(level: .requests, clock: clock))
    return UserAccounts(
      identities: identities, users: users, clock: clock, audit: { audit.write($0) })
  }

  private static func unknown(_ arguments: ParsedArguments, _ store: StoreChoice) -> CommandError {
    CommandError(
      .badData,
      "Nobody is known as '\(arguments.operand(0) ?? "")' in \(store.place); `confab serve users` "
        + "shows everybody.")
  }
}
