// swift-tools-version: 6.1
import PackageDescription

// What each target may import stands in Tests/LayeringTests/ImportTable.swift; this file only
// declares the edges that the build needs.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library target of this package.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: strict)
}

/// A program of this package.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  // The toolchain's own linker; the default one repeats a warning about Foundation's code at every link.
  .executableTarget(
    name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: strict,
    linkerSettings: [
      .unsafeFlags([
        "-use-ld=lld",
        // Packed relocations: a program of static libraries starts a millisecond sooner.
        "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
      ])
    ])
}

/// A test target; `files` names folders of data that the tests read by path, not as resources.
func tests(_ name: String, _ dependencies: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: data, swiftSettings: strict)
}

/// A C shim over a library of the system, whose headers may stand in a folder of their own.
func shim(_ name: String, linking libraries: [String] = [], headers: String? = nil) -> Target {
  .target(
    name: name, cSettings: headers.map { [.unsafeFlags(["-I\($0)"])] } ?? [],
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// What attacks the parsers; it lies in `Fuzz`, beside its corpus.
func fuzz(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Fuzz/\(name)", swiftSettings: strict)
}

/// libFuzzer brings the program's `main`, so that it exists only where scripts/fuzz asks for it.
let fuzzPrograms: [Target] =
  Context.environment["CONFAB_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "confab-fuzz", dependencies: ["FuzzTargets"], path: "Fuzz/confab-fuzz",
      swiftSettings: strict)
  ]

let package = Package(
  name: "confab",
  products: [
    .executable(name: "confab", targets: ["confab"]),
    .executable(name: "confab-serve", targets: ["confab-serve"]),
    .executable(name: "confab-admin", targets: ["confab-admin"]),
    .executable(name: "confab-emulator", targets: ["confab-emulator"]),
    .executable(name: "confab-demo", targets: ["confab-demo"]),
    .executable(name: "confab-bench", targets: ["confab-bench"]),
    .executable(name: "confab-sim", targets: ["confab-sim"]),
    .executable(name: "confab-script", targets: ["confab-script"]),
    .library(name: "ScriptKit", targets: ["ScriptKit"]),
  ],
  targets: [
    // C shims
    // A static ncurses does not bring its terminal database's reader along.
    shim("CNcurses", linking: ["ncursesw", "tinfo"]),
    shim("CCurl"),
    shim("CWslay", linking: ["wslay"]),
    shim("CMicrohttpd", linking: ["microhttpd"]),
    shim("CSQLite", linking: ["sqlite3"]),
    shim("CPostgres"),
    shim("CXML2", headers: "/usr/include/libxml2"),
    shim("COpenSSL", linking: ["crypto"]),
    shim("CPty", linking: ["util"]),
    shim("CVterm", linking: ["vterm"]),
    shim("CGetopt"),
    shim("CProcess"),
    shim("CAllocations"),

    // Tier 0: pure
    library("Markup"),
    library("ACSTypes", ["Markup"]),
    library("ACSWire", ["ACSTypes"]),
    library("HTMLTree", ["CXML2"]),
    library("Cells"),
    library("TextLayout"),
    library("KeyInput"),
    library("Phrases"),
    library("ArgumentTable", ["CGetopt"]),
    library("Configuration", ["Cells", "KeyInput"]),
    library("ClientModel", ["ACSTypes", "Markup", "KeyInput", "TextLayout"]),
    library("EventLog", ["ClientModel", "ACSTypes", "ACSWire", "KeyInput", "TextLayout"]),
    library("Views", ["ClientModel", "Cells", "TextLayout", "ACSTypes", "Markup", "Phrases"]),

    // Tier 1: ports and loop
    library("Services", ["ACSTypes"]),
    library("Executor", ["Services", "ACSTypes", "CProcess"]),
    library(
      "ClientRuntime",
      [
        "ClientModel", "Services", "Views", "Cells", "KeyInput", "ACSTypes", "Executor", "Phrases",
      ]),

    // Tier 2: adapters
    library("CursesScreen", ["Cells", "KeyInput", "CNcurses"]),
    library("WebSocketFrames", ["Services", "ACSTypes", "CWslay"]),
    library("HTTPTransport", ["Services", "ACSTypes", "Executor", "WebSocketFrames", "CCurl"]),
    library("HTTPServing", ["Services", "ACSTypes", "Executor", "WebSocketFrames", "CMicrohttpd"]),
    library("ACSAuth", ["ACSTypes", "ACSWire", "Services"]),
    library("ServiceAuth", ["ACSTypes", "ACSWire", "Services", "COpenSSL"]),
    library("ACSClient", ["ACSTypes", "ACSWire", "ACSAuth", "Services"]),
    library("SQLiteDatabase", ["ACSTypes", "Services", "CSQLite"]),
    library("LocalStore", ["ACSTypes", "Services", "SQLiteDatabase"]),
    library("PostgresDatabase", ["ACSTypes", "Services", "Executor", "CPostgres"]),
    library(
      "Emulator",
      ["ACSTypes", "ACSWire", "HTMLTree", "ServiceAuth", "Services", "SQLiteDatabase"]),
    library(
      "TrustedService",
      [
        "ACSTypes", "ACSWire", "ServiceAuth", "ACSClient", "Services", "SQLiteDatabase",
        "PostgresDatabase",
      ]),

    library("ServerProgram", ["Executor"]),
    library("LocalSecrets", ["ACSTypes", "Services"]),
    library("ChildPrograms", ["Services", "Executor", "CProcess"]),
    library(
      "CredentialOptions",
      ["ACSTypes", "ArgumentTable", "ChildPrograms", "Executor", "ServiceAuth", "Services"]),

    // Tier 3: programs
    program(
      "confab",
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "Cells", "ChildPrograms",
        "ClientModel", "ClientRuntime", "Configuration", "CursesScreen", "EventLog", "Executor",
        "HTTPTransport", "KeyInput", "LocalSecrets", "LocalStore", "Phrases", "ServerProgram",
        "Services", "TextLayout", "Views",
      ]),
    program(
      "confab-serve",
      [
        "ACSTypes", "ACSWire", "ACSClient", "ArgumentTable", "Configuration", "CredentialOptions",
        "Executor",
        "HTTPServing", "HTTPTransport",
        "PostgresDatabase", "ServiceAuth", "Services", "TrustedService",
        "ServerProgram",
      ]),
    program(
      "confab-admin",
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "CredentialOptions",
        "Executor", "HTTPTransport", "ServerProgram", "ServiceAuth", "Services",
      ]),
    program(
      "confab-emulator",
      [
        "ACSTypes", "ACSWire", "ArgumentTable", "ChildPrograms", "Configuration", "Emulator",
        "Executor", "HTTPServing",
        "HTTPTransport",
        "ServiceAuth", "Services",
        "ServerProgram",
      ]),
    program(
      "confab-demo",
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "CProcess", "ChildPrograms",
        "Executor", "HTTPTransport", "Services",
      ]),
    library("BenchProgram", ["ArgumentTable", "Executor"]),
    program("confab-bench", ["ArgumentTable", "BenchProgram", "CPty"]),
    program(
      "confab-script",
      [
        "ACSAuth", "ACSClient", "ACSTypes", "ACSWire", "ArgumentTable", "CPty", "CProcess", "Cells",
        "ChildPrograms", "ClientModel", "ClientRuntime", "CursesScreen", "EventLog", "Executor",
        "HTTPServing", "HTTPTransport", "KeyInput", "LocalStore", "Phrases", "ScreenDecoder",
        "ScriptKit", "Services", "Views",
      ]),
    program("confab-sim", ["ACSWire", "ArgumentTable", "Executor", "ScriptKit"]),
    program(
      "confab-history-bench",
      [
        "ACSTypes", "ArgumentTable", "BenchProgram", "Cells", "ClientModel", "ClientRuntime",
        "Executor", "KeyInput", "LocalStore", "Phrases", "Services", "Views",
      ]),
    program(
      "confab-event-bench",
      [
        "ACSTypes", "ACSWire", "ACSAuth", "ACSClient", "ArgumentTable", "BenchProgram", "Executor",
        "Services",
      ]),
    program(
      "confab-model-bench",
      [
        "ACSTypes", "ArgumentTable", "BenchProgram", "CAllocations", "ClientModel", "EventLog",
        "KeyInput",
      ]),

    // Test kit
    library(
      "ScriptKit",
      [
        "ACSAuth", "ACSClient", "ACSTypes", "ACSWire", "ArgumentTable", "Cells", "ClientModel",
        "ClientRuntime", "Emulator", "EventLog", "KeyInput", "LocalStore", "Phrases", "ServiceAuth",
        "Services",
        "TrustedService", "Views",
      ]),
    library("ScreenDecoder", ["Cells", "TextLayout", "CVterm"]),
    library(
      "TestKit",
      [
        "ACSTypes", "ACSWire", "ClientModel", "KeyInput", "LocalStore", "Services", "Cells", "CPty",
      ]),

    fuzz(
      "FuzzTargets",
      [
        "ACSTypes", "ACSWire", "ArgumentTable", "Cells", "Configuration", "Emulator", "EventLog",
        "HTMLTree", "KeyInput", "ScriptKit", "ServiceAuth", "Services", "TestKit", "TextLayout",
        "TrustedService", "WebSocketFrames",
      ]),

    // Tests
    tests(
      "ScriptKitTests",
      ["ScriptKit", "ACSTypes", "Cells", "ClientModel", "KeyInput", "Services", "TestKit"]),
    tests("ScreenDecoderTests", ["ScreenDecoder", "Cells"]),
    tests("LayeringTests", []),
    tests("FuzzTests", ["FuzzTargets"]),
    tests(
      "AdminTests",
      [
        "confab-admin", "ACSClient", "ACSTypes", "ACSWire", "ArgumentTable", "Services", "TestKit",
      ]),
    tests(
      "ChatCommandTests",
      ["confab", "ACSTypes", "ACSWire", "ArgumentTable", "Configuration", "Services", "TestKit"]),
    tests("DemoTests", ["confab-demo", "ACSTypes", "Services"]),
    tests(
      "ConfabScriptTests",
      ["confab-script", "ACSTypes", "ClientModel", "KeyInput", "ScriptKit", "Services"]),
    tests("ACSTypesTests", ["ACSTypes"]),
    tests(
      "CredentialOptionsTests",
      ["CredentialOptions", "ACSTypes", "ArgumentTable", "ServiceAuth", "Services", "TestKit"]),
    tests("ACSWireTests", ["ACSWire", "ACSTypes", "TestKit"]),
    tests(
      "WireConformanceTests",
      ["ACSClient", "ACSTypes", "ACSWire", "ServiceAuth", "Services", "TestKit"],
      data: ["NotReplayed.txt"]),
    tests("HTMLTreeTests", ["HTMLTree"]),
    tests("CellsTests", ["Cells"]),
    tests("TextLayoutTests", ["TextLayout"]),
    tests("CursesScreenTests", ["CursesScreen", "Cells"]),
    tests("KeyInputTests", ["KeyInput", "TestKit"]),
    tests("ArgumentTableTests", ["ArgumentTable"]),
    tests("ConfigurationTests", ["Configuration", "Cells", "KeyInput"]),
    tests(
      "ClientModelTests",
      [
        "ClientModel", "ACSTypes", "KeyInput", "TextLayout", "Markup", "TestKit",
        "confab-model-bench",
      ]),
    tests(
      "EventLogTests",
      [
        "EventLog", "ACSAuth", "ClientModel", "ACSTypes", "ACSWire", "KeyInput", "Services",
        "TextLayout", "TestKit",
      ], data: ["Forms"]),
    tests(
      "ViewsTests",
      ["Views", "ClientModel", "Cells", "ACSTypes", "KeyInput", "TestKit", "Phrases"],
      data: ["Goldens"]),
    tests(
      "ClientRuntimeTests",
      [
        "ClientRuntime", "ClientModel", "Services", "Views", "Cells", "KeyInput", "ACSTypes",
        "Executor", "Phrases", "TestKit",
      ]),
    tests("ExecutorTests", ["Executor", "Services", "ACSTypes"]),
    tests("ChildProgramsTests", ["ChildPrograms", "Services"]),
    tests("WebSocketFramesTests", ["WebSocketFrames", "Services", "Executor"]),
    tests(
      "HTTPTransportTests",
      [
        "HTTPTransport", "HTTPServing", "WebSocketFrames", "Executor", "Services", "ACSTypes",
        "TestKit",
      ]),
    tests(
      "ACSAuthTests",
      ["ACSAuth", "ACSTypes", "ACSWire", "ClientModel", "Services", "TestKit"]),
    tests("LocalSecretsTests", ["LocalSecrets", "ACSTypes", "Services"]),
    tests(
      "ServiceAuthTests", ["ServiceAuth", "ACSTypes", "ACSWire", "Services", "TestKit"],
      data: ["vectors.py"]),
    tests(
      "ACSClientTests", ["ACSClient", "ACSAuth", "ACSTypes", "ACSWire", "Services", "TestKit"]),
    tests(
      "EmulatorTests",
      [
        "Emulator", "HTMLTree", "ServiceAuth", "ACSTypes", "ACSWire", "Services", "SQLiteDatabase",
        "TestKit",
      ],
      data: ["Recordings/waivers.txt"]),
    tests("SQLiteDatabaseTests", ["SQLiteDatabase", "Services"]),
    tests(
      "LocalStoreTests",
      [
        "LocalStore", "ACSTypes", "SQLiteDatabase", "Services", "TestKit",
        "confab-history-bench",
      ]),
    tests(
      "TrustedServiceTests",
      [
        "TrustedService", "Emulator", "ServiceAuth", "ACSClient", "ACSTypes", "ACSWire", "Services",
        "Executor", "PostgresDatabase", "SQLiteDatabase", "TestKit",
      ]),
  ] + fuzzPrograms,
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
