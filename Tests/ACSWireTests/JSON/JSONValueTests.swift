import ACSWire
import Testing

@Suite("JSON values")
struct JSONValueTests {
  @Test("equality is by meaning, and equal values have equal hashes")
  func equality() throws {
    let pairs: [(String, String)] = [
      ("1", "1.0"), ("100", "1e2"), (#"{"a":1,"b":2}"#, #"{"b":2.0,"a":1}"#),
      (#"[{"x":{"y":[1,2]},"z":null}]"#, #"[{"z":null,"x":{"y":[1.0,2]}}]"#), ("-0", "0"),
    ]
    for (left, right) in pairs {
      let left = try JSONValue.parse(left)
      let right = try JSONValue.parse(right)
      #expect(left == right)
      #expect(left.hashValue == right.hashValue)
    }
  }

  @Test(
    "different meanings differ",
    arguments: [
      ("1", "\"1\""), ("1", "1.5"), ("true", "1"), ("null", "{}"), ("[]", "{}"),
      ("[1,2]", "[2,1]"), (#"{"a":1}"#, #"{"a":1,"b":null}"#), (#"{"a":1}"#, #"{"b":1}"#),
      ("9007199254740993", "9007199254740992.0"),
    ])
  func inequality(left: String, right: String) throws {
    #expect(try JSONValue.parse(left) != JSONValue.parse(right))
  }

  @Test(
    "the shortest form keeps order and numbers, and reads back",
    arguments: [
      #"{"z":1,"a":[true,false,null],"m":{}}"#, "-12", "1.5", "1e+20", "5e-324",
      #""a\"\\\n\r\t\u0001\u001f é😀""#, "[[],[[]]]", "0.1",
    ])
  func writing(text: String) throws {
    #expect(try JSONValue.parse(text).text == text)
  }

  @Test("a number that is not finite is written as null")
  func notFinite() {
    #expect(JSONValue.array([.number(.nan), .number(.infinity)]).text == "[null,null]")
  }

  @Test("the pretty form is Chat's: two blanks, CRLF, empty lists on one line")
  func pretty() {
    let value: JSONValue = ["A": ["B": "c", "D": [], "E": [1, [:]]]]
    let expected = """
      {
        "A": {
          "B": "c",
          "D": [],
          "E": [
            1,
            {}
          ]
        }
      }
      """
    let text = String(decoding: value.prettyBytes, as: UTF8.self)
    #expect(text == expected.split(separator: "\n").joined(separator: "\r\n"))
  }

  @Test("members are set in place, appended and removed")
  func members() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = 3
    object["c"] = 4
    object["b"] = nil
    #expect(JSONValue.object(object).text == #"{"a":3,"c":4}"#)
    #expect(object["b"] == nil)
  }

  @Test("accessors give what fits and nil for the rest")
  func accessors() {
    let value: JSONValue = ["s": "x", "n": 2.0, "f": 2.5, "t": true, "l": [1], "o": ["p": nil]]
    #expect(value["s"]?.string == "x")
    #expect(value["n"]?.integer == 2)
    #expect(value["f"]?.integer == nil)
    #expect(value["f"]?.number == 2.5)
    #expect(value["t"]?.bool == true)
    #expect(value["l"]?[0] == 1)
    #expect(value["l"]?[1] == nil)
    #expect(value["o"]?["p"]?.isNull == true)
    #expect(value["s"]?["x"] == nil)
    #expect(value["missing"] == nil)
    #expect(value["s"]?.integer == nil)
  }
}
