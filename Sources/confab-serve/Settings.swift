import ACSTypes
import ArgumentTable
import CredentialOptions
import Executor
import Glibc
import HTTPTransport
import ServerProgram
import ServiceAuth

/// What the command line and the environment ask for, checked.
struct Settings {
  let credential: ServiceCredential
  /// Carries the requests to ACS, and those for the tokens of a managed identity.
  let exchange: CurlExchange
  let address: String
  let port: UInt16
  /// The folder of the users; `nil` keeps nothing.
  let folder: String?
  let readyFile: String?
  let publicURL: String?
  let watchesInput: Bool
  let isVerbose: Bool

  init(_ arguments: ParsedArguments) throws {
    func wrong(_ message: String) -> UsageError {
      UsageError(message, command: "confab serve")
    }
    exchange = CurlExchange(
      certificateAuthority: arguments.text("certificate-authority")
        ?? Settings.environment("CONFAB_CERTIFICATE_AUTHORITY"))
    credential = try CredentialOptions.credential(
      arguments, exchange: exchange, clock: SystemClock(), random: SystemRandom())
    address = arguments.text("listen") ?? "127.0.0.1"
    guard Settings.isLoopback(address) else {
      throw wrong(
        "--listen \(address) would hand tokens to anybody who can reach it: callers are not "
          + "authenticated, so only loopback addresses such as 127.0.0.1 are allowed")
    }
    port = UInt16(arguments.integer("port") ?? 7760)
    guard !(arguments.flag("memory") && arguments.text("data") != nil) else {
      throw wrong("--data and --memory exclude each other")
    }
    folder =
      arguments.flag("memory") ? nil : arguments.text("data") ?? DataFolder.standard("serve")
    readyFile = arguments.text("ready-file")
    publicURL = arguments.text("public-url").map { url in
      url.hasSuffix("/") ? String(url.dropLast()) : url
    }
    watchesInput = arguments.flag("until-eof")
    isVerbose = arguments.flag("verbose") && !arguments.flag("quiet")
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  private static func isLoopback(_ address: String) -> Bool {
    if ["::1", "localhost"].contains(address) { return true }
    let numbers = address.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}
