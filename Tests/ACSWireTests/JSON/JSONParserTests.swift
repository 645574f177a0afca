import ACSWire
import TestKit
import Testing

/// A JSON text and the value that it means.
struct Parsed: Sendable, CustomTestStringConvertible {
  var text: String
  var value: JSONValue
  var testDescription: String { text }

  init(_ text: String, _ value: JSONValue) {
    self.text = text
    self.value = value
  }
}

/// A text that is not JSON, and where that shows.
struct Refused: Sendable, CustomTestStringConvertible {
  var text: String
  var offset: Int
  var message: String
  var testDescription: String { text }

  init(_ text: String, at offset: Int, _ message: String) {
    self.text = text
    self.offset = offset
    self.message = message
  }
}

@Suite("JSON parser")
struct JSONParserTests {
  @Test(
    "a valid text is read",
    arguments: [
      Parsed("null", .null), Parsed(" true\r\n\t", true), Parsed("false", false),
      Parsed("0", 0), Parsed("-7", -7), Parsed("12e2", 1200), Parsed("1.5", 1.5),
      Parsed("-0", 0), Parsed("-0.0", 0), Parsed("1E+2", 100), Parsed("25e-1", 2.5),
      Parsed("9223372036854775807", .integer(.max)),
      Parsed("-9223372036854775808", .integer(.min)),
      Parsed("9223372036854775808", .number(9_223_372_036_854_775_808)),
      Parsed("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
      Parsed("1e-999", 0),
      Parsed(#""""#, ""), Parsed(#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"),
      Parsed(#""\u0041\u00e9\u20AC\ud83d\ude00""#, "Aé€😀"),
      Parsed(#""\u0000""#, "\u{0}"), Parsed("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
      Parsed(#""日本 👩‍👩‍👧‍👦""#, "日本 👩‍👩‍👧‍👦"),
      Parsed("[]", []), Parsed("[ 1 , [ ] , {} ]", [1, [], [:]]),
      Parsed("{}", [:]), Parsed(#"{"a":1,"b":{"c":[null]}}"#, ["a": 1, "b": ["c": [nil]]]),
      Parsed("\u{FEFF}1", 1),
    ])
  func valid(_ row: Parsed) throws {
    #expect(try JSONValue.parse(row.text) == row.value)
  }

  @Test(
    "an invalid text is refused with its place",
    arguments: [
      Refused("", at: 0, "a value"), Refused("  ", at: 2, "a value"),
      Refused("nul", at: 0, "true, false or null"), Refused("True", at: 0, "a value"),
      Refused("1 2", at: 2, "nothing more after the value"),
      Refused("{} x", at: 3, "nothing more after the value"),
      Refused("01", at: 1, "nothing more after the value"),
      Refused("-", at: 1, "a digit"), Refused("1.", at: 2, "a digit"),
      Refused("1.e3", at: 2, "a digit"), Refused("1e", at: 2, "a digit"),
      Refused("+1", at: 0, "a value"), Refused(".5", at: 0, "a value"),
      Refused("NaN", at: 0, "a value"), Refused("Infinity", at: 0, "a value"),
      Refused("1e999", at: 0, "a number within the range of a double"),
      Refused("[1,]", at: 3, "a value"), Refused("[1 2]", at: 3, "a comma or ]"),
      Refused("[", at: 1, "a value"), Refused("[1", at: 2, "a comma or ]"),
      Refused("{a:1}", at: 1, "a member's name in quotes"),
      Refused(#"{"a"}"#, at: 4, "a colon"), Refused(#"{"a":}"#, at: 5, "a value"),
      Refused(#"{"a":1,}"#, at: 7, "a member's name in quotes"),
      Refused(#"{"a":1"#, at: 6, "a comma or }"),
      Refused(#"'a'"#, at: 0, "a value"), Refused(#""a"#, at: 2, "a closing quote"),
      Refused(#""\x""#, at: 2, #"one of "\/bfnrtu after a backslash"#),
      Refused(#""\"#, at: 2, #"one of "\/bfnrtu after a backslash"#),
      Refused(#""\u12g4""#, at: 5, #"four hexadecimal digits after \u"#),
      Refused("\"a\nb\"", at: 2, "an escape instead of a control character"),
      Refused("\"\\n\u{1}\"", at: 3, "an escape instead of a control character"),
      Refused("// no\n1", at: 0, "a value"),
    ])
  func invalid(_ row: Refused) {
    let error = #expect(throws: WireError.self) { try JSONValue.parse(row.text) }
    #expect(error?.code == .badJSON)
    #expect(error?.message == "The JSON text should have \(row.message) here.")
    #expect(error?.position?.offset == row.offset)
  }

  @Test("an error tells line and column, counting characters")
  func place() {
    let error = #expect(throws: WireError.self) { try JSONValue.parse("{\n  \"é😀\": tru\n}") }
    #expect(error?.position?.line == 2)
    #expect(error?.position?.column == 9)
    #expect(
      error?.description
        == "line 2, column 9: The JSON text should have true, false or null here.")
  }

  @Test("64 levels are read and 65 are not", arguments: ["[", "{\"a\":"])
  func depth(opening: String) throws {
    let closing = opening == "[" ? "]" : "}"
    func text(_ levels: Int) -> String {
      String(repeating: opening, count: levels) + "1" + String(repeating: closing, count: levels)
    }
    _ = try JSONValue.parse(text(64))
    let error = #expect(throws: WireError.self) { try JSONValue.parse(text(65)) }
    #expect(error?.code == .tooDeep)
    #expect(throws: WireError.self) {
      try JSONValue.parse(String(repeating: opening, count: 1_000_000))
    }
  }

  @Test(
    "half a surrogate pair becomes U+FFFD and hides nothing else",
    arguments: [
      (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"),
      (#""\ud83dx""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
      (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\n""#, "\u{FFFD}\n"),
    ])
  func surrogates(text: String, expected: String) throws {
    #expect(try JSONValue.parse(text).string == expected)
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80],
    ])
  func badUTF8(bytes: [UInt8]) {
    for prefix in ["", "\\n"] {
      let text = [0x22] + Array(prefix.utf8) + bytes + [0x22]
      let error = #expect(throws: WireError.self) { try JSONValue.parse(text) }
      #expect(error?.message == "The JSON text holds a string that is not UTF-8.")
    }
  }

  @Test("of members with equal names the last wins at the first one's place")
  func duplicates() throws {
    let few = try JSONValue.parse(#"{"a":1,"b":2,"a":3}"#)
    #expect(few.text == #"{"a":3,"b":2}"#)
    let names = (0..<40).map { "\"m\($0 % 30)\":\($0)" }.joined(separator: ",")
    let many = try #require(JSONValue.parse("{\(names)}").object)
    #expect(many.members.count == 30)
    #expect(many.members.first == JSONObject.Member("m0", 30))
    #expect(many.members.last == JSONObject.Member("m29", 29))
  }

  @Test("any cut, changed byte or noise is read or refused, never a crash")
  func noise() {
    let text = Array(
      #"{"value":[{"id":"1","n":-1.5e3,"t":"é\u00e9\ud83d\ude00\n","x":[true,null,{}]}]}"#.utf8)
    for count in 0..<text.count {
      #expect(throws: WireError.self) { try JSONValue.parse(Array(text.prefix(count))) }
    }
    let random = SeededRandom(seed: 7)
    var read = 0
    for _ in 0..<20_000 {
      var changed = text
      for _ in 0...(random.next() % 3) {
        changed[Int(random.next() % UInt64(text.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      guard let value = try? JSONValue.parse(changed) else { continue }
      read += 1
      #expect((try? JSONValue.parse(value.bytes)) == value)
    }
    #expect(read > 100)
  }
}
