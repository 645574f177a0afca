import Testing

@testable import ScriptKit

@Suite("What tells of time, and ids, in a screen's text")
struct TimeTextTests {
  /// The text with `#` for each character that is found.
  private func masked(_ text: String, _ finder: ([Character], Int) -> Int?) -> String {
    let characters = Array(text)
    var result: [Character] = []
    while result.count < characters.count {
      if let length = finder(characters, result.count) {
        result += Array(repeating: "#", count: length)
      } else {
        result.append(characters[result.count])
      }
    }
    return String(result)
  }

  @Test(
    "times, days and lengths of time are found whole",
    arguments: [
      ("08:59", "#####"), ("at 8:59.", "at ####."), ("08:59:57 ✓ GET", "######## ✓ GET"),
      ("expires 2026-11-22T08:59:57Z", "expires ####################"),
      ("2026-11-22T08:59:57.123Z", "########################"),
      ("on 2026-11-22, Bob", "on ##########, Bob"),
      ("token 23h 59m │", "token ####### │"), ("in 4m 05s", "in ######"), ("59m", "###"),
      ("in 23 h 49 min", "in ###########"),
      ("next try in 18 s", "next try in ####"), ("200  12 ms", "200  #####"),
      ("The code is good for 14:59.", "The code is good for #####."),
    ])
  func found(text: String, expected: String) {
    #expect(masked(text, TimeText.any) == expected)
  }

  @Test(
    "what only looks like one is left as it is",
    arguments: [
      "http://127.0.0.1:7760", "127.0.0.1:77", "12:345", "2026-11-221", "1.5 s", "3 seconds",
      "12 sm", "…12s", "B12:30", "v1.2", "4mm", "19:abc", "3 s4",
    ])
  func notFound(text: String) {
    #expect(masked(text, TimeText.any) == text)
  }

  @Test(
    "ids are found whole, and their ends",
    arguments: [
      ("Alice  …14cd59ae   ● live", "Alice  #########   ● live"),
      ("8:acs:3e7d6a86-a472_0000007d next", "############################ next"),
      ("(19:Ab-c_9@thread.v2)", "(###################)"),
      ("…14cd59", "…14cd59"), ("8:acs:", "8:acs:"), ("19:abc@thread.v1", "19:abc@thread.v1"),
      ("8:", "8:"), ("19:", "19:"),
    ])
  func ids(text: String, expected: String) {
    #expect(masked(text, IDText.any) == expected)
  }
}
