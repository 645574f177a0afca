import ArgumentTable
import Testing

@Suite("Parsing")
struct ParseTests {
  @Test("options, operands and defaults are found by name")
  func values() throws {
    let parsed = try server.parse([
      "Alice", "--port=0", "--phone-number", "+1", "-v", "--phone-number", "+2", "a", "--", "--b",
    ])
    #expect(parsed.request == .run)
    #expect(parsed.integer("port") == 0)
    #expect(parsed.texts("phone-number") == ["+1", "+2"])
    #expect(parsed.flag("verbose"))
    #expect(!parsed.flag("verify"))
    #expect(parsed.text("limits") == "off")
    #expect(parsed.text("data") == nil)
    #expect(parsed.operands == ["Alice", "a", "--b"])
    #expect(parsed.operand(0) == "Alice")
    #expect(parsed.operand(3) == nil)
  }

  @Test("the last of an option that is not repeatable counts")
  func lastCounts() throws {
    let parsed = try server.parse(["--port", "1", "-p2", "Alice"])
    #expect(parsed.integer("port") == 2)
    #expect(parsed.texts("port") == ["2"])
  }

  @Test("a long option may be shortened as far as it is unique")
  func abbreviation() throws {
    let parsed = try server.parse(["--verb", "--dat", "here", "Alice"])
    #expect(parsed.flag("verbose"))
    #expect(parsed.text("data") == "here")
  }

  @Test("options of a command and of its subcommands come together")
  func subcommands() throws {
    let parsed = try client.parse(["-c", "x.json5", "token", "fetch", "--json"])
    #expect(parsed.command == ["token", "fetch"])
    #expect(parsed.text("config") == "x.json5")
    #expect(parsed.flag("json"))
    #expect(parsed.operands.isEmpty)
  }

  @Test("a lone hyphen is an operand, and so is an empty text")
  func oddOperands() throws {
    #expect(try client.parse(["token", "inspect", "-"]).operands == ["-"])
    #expect(try client.parse(["token", "inspect", ""]).operands == [""])
  }

  @Test("a command of another program takes everything after its name, --help too")
  func passedOn() throws {
    let parsed = try client.parse(["serve", "--help", "--nonsense", "x"])
    #expect(parsed.request == .run)
    #expect(parsed.command == ["serve"])
    #expect(parsed.operands == ["--help", "--nonsense", "x"])
  }

  @Test("no arguments leave a command that needs no subcommand to itself")
  func nothing() throws {
    let parsed = try client.parse([])
    #expect(parsed.request == .run)
    #expect(parsed.command.isEmpty)
  }

  @Test("help and version win over what comes after them")
  func helpFirst() throws {
    #expect(try server.parse(["--help", "--nonsense"]).request == .help(server.usage))
    #expect(try client.parse(["--version", "--nonsense"]).request == .version)
    guard case .help(let text) = try client.parse(["token", "-h"]).request else {
      Issue.record("no help")
      return
    }
    #expect(text.hasPrefix("Usage: confab token [OPTION]... COMMAND\n"))
    #expect(!text.contains("--version"))
  }

  @Test("many parses at once do not disturb each other")
  func concurrent() async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask {
          let parsed = try server.parse(["u", "--port", "\(number)", "--data", "d\(number)"])
          return parsed.integer("port") == number && parsed.text("data") == "d\(number)"
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }
}
