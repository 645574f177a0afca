/// One target of the package: its tier, and what it may import.
struct Row: Sendable, CustomStringConvertible {
  /// A level of the package; a target imports from its own tier and those below.
  enum Tier: Int, Comparable, Sendable {
    /// Values and functions: no clock, randomness, network or file.
    case pure
    /// The ports, the loop and its executor.
    case loop
    /// The only ones that touch the world, and the rules of the servers.
    case adapter
    /// Programs and the test kit.
    case program

    static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
  }

  /// The target's name, which is its folder in `Sources`.
  var target: String
  /// Where it stands.
  var tier: Tier
  /// Modules that it may import: targets, C shims and modules of the system.
  var imports: Set<String>

  init(_ target: String, _ tier: Tier, _ imports: Set<String>) {
    self.target = target
    self.tier = tier
    self.imports = imports
  }

  var description: String { target }
}

/// Who may import what.
///
/// A new target needs a row here before it builds in CI.
enum ImportTable {
  /// The Swift targets, from the ground up.
  static let rows: [Row] = [
    Row("Markup", .pure, []),
    Row("ACSTypes", .pure, ["Markup"]),
    Row("ACSWire", .pure, ["ACSTypes", "FoundationEssentials"]),
    Row("HTMLTree", .pure, ["CXML2"]),
    Row("Cells", .pure, []),
    Row("TextLayout", .pure, []),
    Row("Configuration", .pure, ["Cells", "KeyInput", "FoundationEssentials"]),
    Row("Phrases", .pure, []),
    Row("KeyInput", .pure, []),
    Row("ClientModel", .pure, ["ACSTypes", "Markup", "KeyInput", "TextLayout"]),
    Row("EventLog", .pure, ["ClientModel", "ACSTypes", "ACSWire", "KeyInput", "TextLayout"]),
    Row("Views", .pure, ["ClientModel", "Cells", "TextLayout", "ACSTypes", "Markup", "Phrases"]),
    Row("ArgumentTable", .pure, ["CGetopt", "Synchronization"]),

    Row("Services", .loop, ["ACSTypes"]),
    Row("Executor", .loop, ["Services", "ACSTypes", "CProcess", "Synchronization", "Glibc"]),
    Row(
      "ClientRuntime", .loop,
      [
        "ClientModel", "Services", "Views", "Cells", "KeyInput", "ACSTypes", "Phrases", "Executor",
        "Synchronization",
      ]),

    Row("CursesScreen", .adapter, ["Cells", "KeyInput", "CNcurses", "Glibc"]),
    Row(
      "WebSocketFrames", .adapter,
      ["Services", "ACSTypes", "CWslay", "FoundationEssentials", "Synchronization", "Glibc"]),
    Row(
      "HTTPTransport", .adapter,
      [
        "Services", "ACSTypes", "Executor", "WebSocketFrames", "CCurl", "FoundationEssentials",
        "Synchronization", "Glibc",
      ]),
    Row(
      "HTTPServing", .adapter,
      [
        "Services", "ACSTypes", "Executor", "WebSocketFrames", "CMicrohttpd",
        "FoundationEssentials", "Synchronization", "Glibc",
      ]),
    Row(
      "ACSAuth", .adapter,
      ["ACSTypes", "ACSWire", "Services", "FoundationEssentials", "Synchronization"]),
    Row(
      "ServiceAuth", .adapter,
      ["ACSTypes", "ACSWire", "Services", "COpenSSL", "FoundationEssentials", "Synchronization"]),
    Row(
      "ACSClient", .adapter,
      ["ACSTypes", "ACSWire", "ACSAuth", "Services", "FoundationEssentials", "Synchronization"]),
    Row(
      "SQLiteDatabase", .adapter, ["ACSTypes", "Services", "CSQLite", "Synchronization", "Glibc"]),
    Row(
      "LocalStore", .adapter,
      ["ACSTypes", "Services", "SQLiteDatabase", "Synchronization", "Glibc"]),
    Row("PostgresDatabase", .adapter, ["ACSTypes", "Services", "Executor", "CPostgres", "Glibc"]),
    Row(
      "Emulator", .adapter,
      [
        "ACSTypes", "ACSWire", "HTMLTree", "ServiceAuth", "Services", "SQLiteDatabase",
        "FoundationEssentials", "Synchronization", "Glibc",
      ]),
    Row(
      "TrustedService", .adapter,
      [
        "ACSTypes", "ACSWire", "ServiceAuth", "ACSClient", "Services", "SQLiteDatabase",
        "PostgresDatabase", "FoundationEssentials", "Synchronization", "Glibc",
      ]),

    Row("LocalSecrets", .adapter, ["ACSTypes", "Services", "Glibc"]),
    Row("ServerProgram", .adapter, ["Executor", "Glibc"]),
    Row(
      "ChildPrograms", .adapter,
      ["Services", "Executor", "CProcess", "Synchronization", "Glibc"]),
    Row(
      "CredentialOptions", .adapter,
      [
        "ACSTypes", "ArgumentTable", "ChildPrograms", "Executor", "ServiceAuth", "Services",
        "FoundationEssentials", "Glibc",
      ]),

    Row(
      "confab", .program,
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "Cells", "ChildPrograms",
        "ClientModel", "ClientRuntime", "Configuration", "CursesScreen", "EventLog", "Executor",
        "HTTPTransport", "KeyInput", "LocalSecrets", "LocalStore", "Phrases", "ServerProgram",
        "Services", "TextLayout", "Views", "FoundationEssentials", "Synchronization", "Glibc",
      ]),
    Row(
      "confab-serve", .program,
      [
        "ACSTypes", "ACSWire", "ACSClient", "ArgumentTable", "Configuration", "CredentialOptions",
        "Executor",
        "HTTPServing", "HTTPTransport", "ServerProgram", "PostgresDatabase", "ServiceAuth",
        "Services",
        "TrustedService",
        "FoundationEssentials",
        "Synchronization", "Glibc",
      ]),
    Row(
      "confab-admin", .program,
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "CredentialOptions",
        "Executor", "HTTPTransport", "ServerProgram", "ServiceAuth", "Services", "Synchronization",
        "Glibc",
      ]),
    Row(
      "confab-emulator", .program,
      [
        "ACSTypes", "ACSWire", "ArgumentTable", "ChildPrograms", "Configuration", "Emulator",
        "Executor", "HTTPServing",
        "HTTPTransport", "ServerProgram", "ServiceAuth", "Services", "FoundationEssentials",
        "Synchronization", "Glibc",
      ]),
    Row(
      "confab-demo", .program,
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "CProcess", "ChildPrograms",
        "Executor",
        "HTTPTransport", "Services", "FoundationEssentials", "Synchronization", "Glibc",
      ]),
    Row("BenchProgram", .program, ["ArgumentTable", "Executor", "Glibc"]),
    Row(
      "confab-bench", .program,
      [
        "ArgumentTable", "BenchProgram", "CPty", "FoundationEssentials", "Synchronization", "Glibc",
      ]),
    Row(
      "confab-history-bench", .program,
      [
        "ACSTypes", "ArgumentTable", "BenchProgram", "Cells", "ClientModel", "ClientRuntime",
        "Executor", "KeyInput", "LocalStore", "Phrases", "Services", "Views", "Glibc",
      ]),
    Row(
      "confab-event-bench", .program,
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "BenchProgram", "Executor",
        "Services", "Synchronization", "Glibc",
      ]),
    Row(
      "confab-model-bench", .program,
      [
        "ACSTypes", "ArgumentTable", "BenchProgram", "CAllocations", "ClientModel", "EventLog",
        "KeyInput", "FoundationEssentials", "Glibc",
      ]),

    Row(
      "ScriptKit", .program,
      [
        "ACSAuth", "ACSClient", "ACSTypes", "ACSWire", "ArgumentTable", "Cells", "ClientModel",
        "ClientRuntime", "Emulator", "EventLog", "KeyInput", "LocalStore", "Phrases", "ServiceAuth",
        "Services",
        "TrustedService", "Views", "Synchronization", "Glibc",
      ]),
    Row(
      "confab-script", .program,
      [
        "ACSAuth", "ACSClient", "ACSTypes", "ACSWire", "ArgumentTable", "CPty", "CProcess",
        "ChildPrograms", "Cells",
        "ClientModel", "ClientRuntime", "CursesScreen", "EventLog", "Executor", "HTTPServing",
        "HTTPTransport", "KeyInput", "LocalStore", "Phrases", "ScreenDecoder", "ScriptKit",
        "Services", "Views", "FoundationEssentials", "Synchronization", "Glibc",
      ]),
    Row(
      "confab-sim", .program, ["ACSWire", "ArgumentTable", "Executor", "ScriptKit", "Glibc"]),
    Row("ScreenDecoder", .program, ["Cells", "TextLayout", "CVterm"]),
    Row(
      "TestKit", .program,
      [
        "ACSTypes", "ACSWire", "ClientModel", "KeyInput", "LocalStore", "Services", "Cells", "CPty",
        "FoundationEssentials", "Synchronization", "Glibc",
      ]),
  ]

  /// The C shims, each with the targets that it is for.
  static let shims: [String: Set<String>] = [
    "CNcurses": ["CursesScreen"],
    "CCurl": ["HTTPTransport"],
    "CWslay": ["WebSocketFrames"],
    "CMicrohttpd": ["HTTPServing"],
    "CSQLite": ["SQLiteDatabase"],
    "CPostgres": ["PostgresDatabase"],
    "CXML2": ["HTMLTree"],
    "COpenSSL": ["ServiceAuth"],
    "CPty": ["TestKit", "confab-bench", "confab-script"],
    "CVterm": ["ScreenDecoder"],
    "CGetopt": ["ArgumentTable"],
    "CAllocations": ["confab-model-bench"],
    "CProcess": ["confab-demo", "confab-script", "Executor", "ChildPrograms"],
  ]

  /// Modules that nobody imports: what they bring costs start-up or an event loop beside ours.
  static let banned: Set<String> = ["Foundation", "FoundationNetworking", "Dispatch", "XCTest"]

  /// What must never be within reach of the client, which holds no code that could use an access key.
  static let keptFromTheClient: Set<String> = [
    "ServiceAuth", "CredentialOptions", "Emulator", "TrustedService",
  ]

  /// The row of `target`.
  static func row(of target: String) -> Row? {
    rows.first { $0.target == target }
  }
}
