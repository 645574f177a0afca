import Testing

@testable import ScriptKit

@Suite("The words of a line")
struct ScriptLexerTests {
  private func lines(_ text: String) -> (lines: [ScriptLine], errors: [ScriptError]) {
    var lexer = ScriptLexer(file: "t", bytes: Array(text.utf8))
    let lines = lexer.lines()
    return (lines, lexer.errors)
  }

  /// The words of a line, each with its column.
  private func words(_ line: String) -> [String] {
    lines(line).lines.flatMap(\.tokens).map { "\($0.column) \($0.source)" }
  }

  @Test(
    "have their columns, counted in characters from 1",
    arguments: [
      ("open \"T\"", ["1 open", "6 \"T\""]),
      ("    open   \"T\" ", ["5 open", "12 \"T\""]),
      ("users A,B , C", ["1 users", "7 A", "8 ,", "9 B", "11 ,", "13 C"]),
      ("type \"日本\" x", ["1 type", "6 \"日本\"", "11 x"]),
      ("a\"b\"c", ["1 a", "2 \"b\"", "5 c"]),
      ("let x = $y", ["1 let", "5 x", "7 =", "9 $y"]),
      ("a\tb", ["1 a", "3 b"]),
    ])
  func columns(line: String, found: [String]) { #expect(words(line) == found) }

  @Test(
    "end where a comment begins, and '#' within a word or a text begins none",
    arguments: [
      ("# all", []), ("a # b", ["1 a"]), ("a,#b", ["1 a", "2 ,"]), ("\"a\"#b", ["1 \"a\""]),
      ("a#b", ["1 a#b"]), ("\"#\"", ["1 \"#\""]), ("   # x", []),
    ])
  func comments(line: String, found: [String]) { #expect(words(line) == found) }

  @Test(
    "that are texts have escapes and variables",
    arguments: [
      (#""a\n\t\"\\\$b""#, [.literal("a\n\t\"\\$b")]), (#""\u{1F600}""#, [.literal("😀")]),
      (#""$a""#, [.variable("a")]), (#""${a}b""#, [.variable("a"), .literal("b")]),
      (#""x$a1 y""#, [.literal("x"), .variable("a1"), .literal(" y")]), (#""""#, []),
    ] as [(String, [ScriptText.Piece])])
  func texts(line: String, pieces: [ScriptText.Piece]) {
    #expect(lines(line).lines.first?.tokens.first?.kind == .text(ScriptText(pieces: pieces)))
  }

  @Test(
    "that are texts are written again as they were read", arguments: [#"a\n\t\"\\\$${b}c"#, ""])
  func source(text: String) {
    let token = lines("\"\(text)\"").lines.first?.tokens.first
    #expect(token?.source == "\"\(text)\"")
  }

  @Test(
    "that cannot be read are errors with their column",
    arguments: [
      ("  \"a", 3, "this text has no closing '\"'"),
      ("x \"a\\", 5, "nothing stands after this '\\'"),
      ("x \"a$\"", 5, "a variable's name stands after '$'; a dollar sign is '\\$'"),
      ("x \"${a\"", 4, "this variable has no closing '}'"),
      (
        "\"\\u{110000}\"", 2,
        "there is no such escape; there are \\n, \\t, \\\", \\\\, \\$ and \\u{1F600}"
      ),
      (
        "\"\\u{}\"", 2,
        "there is no such escape; there are \\n, \\t, \\\", \\\\, \\$ and \\u{1F600}"
      ),
    ])
  func errors(line: String, column: Int, message: String) {
    let found = lines(line)
    #expect(found.errors == [ScriptError(.init(file: "t", line: 1, column: column), message)])
    #expect(found.lines.map(\.isBroken) == [true])
  }

  @Test("of a picture are one text, taken as it is")
  func pictures() {
    let found = lines("  |a \\n \"$x # | b |\n||\n  |a\n|")
    #expect(found.lines.map(\.isPicture) == [true, true, false, false])
    #expect(found.lines[0].tokens.map(\.kind) == [.text(ScriptText("a \\n \"$x # | b "))])
    #expect(found.lines[1].tokens.map(\.kind) == [.text(ScriptText(""))])
    #expect(found.errors.map(\.place.line) == [3, 4])
  }

  @Test("of lines keep the lines' numbers, whichever way lines end", arguments: ["\n", "\r\n"])
  func numbers(end: String) {
    let found = lines(["a", "", "# c", "  b", "c"].joined(separator: end))
    #expect(found.lines.map(\.place.line) == [1, 4, 5])
    #expect(found.lines.map(\.indent) == [0, 2, 0])
  }
}
