import ArgumentTable
import Emulator
import Glibc
import ServerProgram

/// What the command line asks for, checked.
struct Settings {
  /// What is kept on the disk.
  enum Keeping {
    /// Everything, in a folder.
    case all(folder: String)
    /// The certificate authority alone, in a folder.
    case authority(folder: String)
    /// Nothing.
    case nothing

    /// Where anything is kept.
    var folder: String? {
      switch self {
      case .all(let folder), .authority(let folder): folder
      case .nothing: nil
      }
    }

    /// Where everything is kept.
    var storeFolder: String? {
      guard case .all(let folder) = self else { return nil }
      return folder
    }
  }

  /// The port of the contract; beside it the other ports have their contract's numbers, too.
  private static let standardPort = 7750

  let address: String
  let port: UInt16
  let httpsPort: UInt16
  let metadataPort: UInt16
  let adminPort: UInt16
  let keeping: Keeping
  let hasRandomKey: Bool
  let approvesDeviceCodes: Bool
  let phoneNumbers: [String]
  let webhooks: [String]
  let readyFile: String?
  let seedFile: String?
  let logFile: String?
  let watchesInput: Bool
  let isVerbose: Bool
  let isQuiet: Bool
  let tokenLifetime: Duration?
  let hasStrictVersions: Bool
  let keepsRequestBudgets: Bool

  /// What the emulator itself is to know of them.
  var rules: EmulatorRules {
    var rules = EmulatorRules()
    rules.phoneNumbers = phoneNumbers
    rules.tokenLifetime = tokenLifetime
    rules.hasStrictVersions = hasStrictVersions
    rules.keepsRequestBudgets = keepsRequestBudgets
    rules.showsKeys = !hasRandomKey
    rules.snapshotFolder = keeping.folder.map { "\($0)/snapshots" }
    return rules
  }

  /// The path from the root on, so that what is told of it holds in whatever folder somebody reads it.
  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return "\(String(cString: current))/\(path)"
  }

  init(_ arguments: ParsedArguments) throws {
    func wrong(_ message: String) -> UsageError {
      UsageError(message, command: "confab emulator")
    }
    address = arguments.text("listen") ?? "127.0.0.1"
    let main = arguments.integer("port") ?? Settings.standardPort
    port = UInt16(main)
    httpsPort = UInt16(arguments.integer("https-port") ?? 0)
    let isStandard = main == Settings.standardPort
    metadataPort = UInt16(arguments.integer("imds-port") ?? (isStandard ? 7752 : 0))
    adminPort = UInt16(arguments.integer("admin-port") ?? (isStandard ? 7753 : 0))
    let given = ["data", "memory", "ephemeral"].filter(arguments.flag)
    guard given.count <= 1 else {
      throw wrong("--\(given[0]) and --\(given[1]) exclude each other")
    }
    let folder = DataFolder.standard("emulator")
    if arguments.flag("ephemeral") {
      keeping = .nothing
    } else if arguments.flag("memory") {
      keeping = .authority(folder: folder)
    } else {
      keeping = .all(folder: arguments.text("data").map(Settings.absolute) ?? folder)
    }
    hasRandomKey = arguments.flag("random-key")
    approvesDeviceCodes = arguments.text("device-code").map { $0 == "auto" } ?? !hasRandomKey
    phoneNumbers = ["+18335550100"] + arguments.texts("phone-number")
    for number in phoneNumbers {
      guard number.first == "+", (8...16).contains(number.utf8.count),
        number.dropFirst().utf8.allSatisfy({ (48...57).contains($0) })
      else { throw wrong("--phone-number needs a number such as +15551234567, not '\(number)'") }
    }
    webhooks = arguments.texts("event-grid")
    readyFile = arguments.text("ready-file")
    seedFile = arguments.text("seed")
    logFile = arguments.text("log")
    watchesInput = arguments.flag("until-eof")
    isQuiet = arguments.flag("quiet")
    isVerbose = arguments.flag("verbose") && !isQuiet
    tokenLifetime = arguments.duration("token-lifetime")
    keepsRequestBudgets = arguments.text("limits") == "real"
    hasStrictVersions = arguments.flag("strict-versions")
  }
}
