import ACSTypes
import ArgumentTable
import CredentialOptions
import Executor
import Glibc
import HTTPTransport
import ServerProgram
import ServiceAuth

/// What holds from the program's start to its end; the rest is ``LiveSettings``.
struct Settings {
  /// Carries the requests to ACS, and those for the tokens of a managed identity.
  let exchange: CurlExchange
  let address: String
  let port: UInt16
  /// The folder of the users and the keys; `nil` keeps nothing.
  let folder: String?
  /// Where the users are.
  let store: StoreChoice
  let readyFile: String?
  /// The file of the audit; `nil` is standard error.
  let auditLog: String?
  let publicURL: String?
  let watchesInput: Bool
  let logging: ServeLog.Level
  /// What the command line and the files say now; read again when they change.
  let sources: SettingSources

  init(_ arguments: ParsedArguments) throws {
    func wrong(_ message: String) -> UsageError {
      UsageError(message, command: "confab serve")
    }
    guard !(arguments.flag("memory") && arguments.text("data") != nil) else {
      throw wrong("--data and --memory exclude each other")
    }
    exchange = CurlExchange(
      certificateAuthority: arguments.text("certificate-authority")
        ?? Settings.environment("CONFAB_CERTIFICATE_AUTHORITY"))
    folder =
      arguments.flag("memory") ? nil : arguments.text("data") ?? DataFolder.standard("serve")
    let configuration = try arguments.text("config").map { try ServeConfiguration(file: $0) }
    store = try StoreChoice(
      arguments, configuration: configuration, folder: folder, command: "confab serve")
    address = arguments.text("listen") ?? configuration?.listen ?? "127.0.0.1"
    port =
      arguments.integer("port").map { UInt16($0) } ?? configuration?.port ?? Settings.usualPort
    readyFile = arguments.text("ready-file")
    auditLog = arguments.text("audit-log") ?? configuration?.auditLog
    publicURL = (arguments.text("public-url") ?? configuration?.publicURL).map { url in
      url.hasSuffix("/") ? String(url.dropLast()) : url
    }
    watchesInput = arguments.flag("until-eof")
    logging =
      arguments.flag("quiet") ? .trouble : arguments.flag("verbose") ? .everything : .requests
    sources = SettingSources(
      arguments: arguments, keysFile: folder.map { "\($0)/keys.json" }, address: address)
  }

  /// The port of a server that was told none.
  static let usualPort: UInt16 = 7760

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
