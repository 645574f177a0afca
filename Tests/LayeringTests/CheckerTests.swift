import Testing

/// What proves that a breach would be found.
@Suite("The checker of layers")
struct CheckerTests {
  @Test(
    "an import is seen in every form",
    arguments: [
      "import Emulator", "public import Emulator", "internal import Emulator",
      "@preconcurrency import Emulator", "@testable import Emulator",
      "import struct Emulator.Store",
      "import func Emulator.start", "#if DEBUG\nimport Emulator\n#endif",
      "import Cells; import Emulator", "  private  import   Emulator  // why not",
      "/* a /* nested */ note */ import Emulator",
      "let s = \"\"\"\n  \" \\(x) \"\n\"\"\"\nimport Emulator",
      "let s = #\"\\\"#\nimport Emulator", "let s = \"\\(f(\")\"))\"\nimport Emulator",
    ])
  func everyImport(text: String) {
    let file = SourceFile(path: "View.swift", text: text)
    #expect(file.imports.map(\.module).contains("Emulator"))
  }

  @Test(
    "what only looks like an import is none",
    arguments: [
      "// import Emulator", "/* import Emulator */", "let s = \"import Emulator\"",
      "let s = \"\"\"\nimport Emulator\n\"\"\"", "let s = #\"\"import Emulator\"\"#",
      "let important = Emulator",
    ])
  func noImport(text: String) {
    #expect(SourceFile(path: "View.swift", text: text).imports.isEmpty)
  }

  @Test(
    "Foundation may stand in for FoundationEssentials only where that is not there",
    arguments: [
      (
        "#if canImport(FoundationEssentials)\npublic import FoundationEssentials\n#else\n"
          + "public import Foundation\n#endif", ["FoundationEssentials"]
      ),
      ("import FoundationEssentials\nimport Foundation", ["FoundationEssentials", "Foundation"]),
      ("#if os(Linux)\nimport Glibc\n#else\nimport Foundation\n#endif", ["Glibc", "Foundation"]),
    ])
  func foundationAsFallback(text: String, modules: [String]) {
    #expect(SourceFile(path: "View.swift", text: text).imports.map(\.module) == modules)
  }

  @Test("a breach is told with file and line")
  func breachIsTold() throws {
    let row = try #require(ImportTable.row(of: "Views"))
    let text = """
      import Cells
      import Emulator

      public func row() -> Row { try! Row() }
      """
    #expect(
      breaches(in: [SourceFile(path: "Sources/Views/Row.swift", text: text)], of: row) == [
        "Sources/Views/Row.swift:2: Views may not import Emulator",
        "Sources/Views/Row.swift:4: try!, as!, fatalError(, unsafeBitCast( may not stand here: "
          + "what input can reach throws; what is our own bug is a precondition",
      ])
  }

  @Test("a forbidden call is caught, and what resembles it is not", arguments: ForbiddenCall.all)
  func forbiddenCalls(call: ForbiddenCall) {
    for text in call.examples.caught {
      #expect(!call.lines(in: Tokenizer.tokens(of: text)).isEmpty, "\(text)")
    }
    for text in call.examples.innocent {
      #expect(call.lines(in: Tokenizer.tokens(of: text)).isEmpty, "\(text)")
    }
    #expect(!call.examples.caught.isEmpty)
    #expect(ImportTable.rows.contains { call.holds($0) })
  }

  @Test(
    "a stored global is told from a computed one",
    arguments: [
      ("var cache = 1", true), ("public var cache: [Int] = []", true),
      ("enum A { static var last: Int? }", true), ("enum A { static var last = 1 }", true),
      ("enum A { static var first: Int { 1 } }", false), ("var one: Int { 1 }", false),
      ("func f() { var local = 1 }", false), ("struct A { var field = 1 }", false),
      ("let constant = 1", false),
    ])
  func storedGlobals(text: String, isStored: Bool) {
    #expect(SourceFile(path: "View.swift", text: text).storedGlobals.isEmpty != isStored)
  }

  @Test("the graph is followed through other targets")
  func reach() {
    let manifest = Manifest(
      text: """
        let package = Package(targets: [
            shim("CThing", linking: ["thing"]),
            // library("Gone", ["CThing"]),
            library("Low", ["CThing"]),
            library(
              "Middle",
              ["Low"]),
            program("top", ["Middle"]),
            tests("TopTests", ["top"], data: ["Goldens"]),
        ])
        """)
    #expect(Set(manifest.edges.keys) == ["CThing", "Low", "Middle", "top"])
    #expect(manifest.edges["CThing"] == [])
    #expect(manifest.reach(of: "top") == ["Middle", "Low", "CThing"])
  }
}
