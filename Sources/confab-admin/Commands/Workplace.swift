import ACSTypes
import ArgumentTable
import CredentialOptions
import Executor
import Glibc
import HTTPTransport
import ServiceAuth
import Services

/// What a command works with: what was typed, where it prints, what it remembers, and the resource.
struct Workplace: Sendable {
  let arguments: ParsedArguments
  let output: Output
  let journal: IdentityJournal
  let clock: any WallClock
  let interruption: Interruption

  /// The workplace of this process.
  init(_ arguments: ParsedArguments, _ interruption: Interruption = Interruption()) {
    self.arguments = arguments
    self.interruption = interruption
    output = Output(isJSON: arguments.flag("json"), isQuiet: arguments.flag("quiet"))
    journal = IdentityJournal(path: IdentityJournal.standardPath)
    clock = SystemClock()
  }

  /// The resource that the options and the environment name; nothing is sent yet.
  func resource() throws -> Resource {
    var exchange: any HTTPExchange = CurlExchange(
      certificateAuthority: arguments.text("certificate-authority")
        ?? Workplace.environment("CONFAB_CERTIFICATE_AUTHORITY"))
    if arguments.flag("verbose") {
      exchange = NotedExchange(exchange, clock: clock) { output.complain($0) }
    }
    let random = SystemRandom()
    let credential = try CredentialOptions.credential(
      arguments, exchange: exchange, clock: clock, random: random)
    return Resource(
      endpoint: credential.endpoint, authoriser: credential.authoriser, exchange: exchange,
      journal: journal, clock: clock, random: random)
  }

  /// An error of what was typed.
  func wrong(_ message: String) -> UsageError {
    UsageError(message, command: "confab \(arguments.command.joined(separator: " "))")
  }

  /// The identity that was typed.
  ///
  /// - Throws: `UsageError` for what cannot be one.
  func identity(_ text: String) throws(UsageError) -> CommunicationIdentifier {
    guard text.hasPrefix("8:"), text.utf8.count <= 1000,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw wrong(
        "\(text.prefix(100).debugDescription) is no identity; one looks like 8:acs:<resource>_<user>"
      )
    }
    return CommunicationIdentifier(rawID: text)
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
