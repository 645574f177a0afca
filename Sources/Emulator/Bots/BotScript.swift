import ACSTypes
import ACSWire

/// By what rules a bot answers.
struct BotScript: Sendable {
  /// What it answers to what.
  struct Rule: Sendable {
    /// Patterns of which one has to fit; none fits everything.
    let patterns: [BotPattern]
    /// What it says, one message each.
    let replies: [String]
  }

  /// What it says when it comes into a thread.
  var greeting: String?
  /// True to send a read receipt for each message.
  var reads = true
  /// True to show that it types before it answers.
  var types = true
  /// How long it takes for each answer.
  var pause = Duration.milliseconds(500)
  /// The first that fits is taken.
  var rules: [Rule] = []

  /// An hour, in seconds.
  private static let longestPause = 3600.0

  /// One that says everything again.
  static let echo = BotScript(rules: [Rule(patterns: [], replies: ["{text}"])])

  init(rules: [Rule]) { self.rules = rules }

  /// Reads one: `"echo"`, or an object of `greeting`, `reads`, `types`, `after` (seconds) and `rules`, each with `when`
  /// and `reply`.
  init(_ value: SeedValue) throws(SeedError) {
    if let text = value.json.string {
      guard text == "echo" else { throw value.wrong("\"echo\" or an object with rules") }
      self = .echo
      return
    }
    try value.allow("greeting", "reads", "types", "after", "rules")
    greeting = try value.optional("greeting")?.text()
    reads = try value.optional("reads")?.bool() ?? true
    types = try value.optional("types")?.bool() ?? true
    if let after = value.optional("after") {
      pause = try after.duration(of: .seconds(1), most: BotScript.longestPause)
    }
    for rule in try value.optional("rules")?.array() ?? [] {
      try rule.allow("when", "reply")
      let patterns = try rule.optional("when")?.texts() ?? []
      rules.append(
        Rule(
          patterns: patterns.map(BotPattern.init), replies: try rule.required("reply").texts()))
    }
  }

  /// What ``init(_:)`` reads.
  var json: JSONValue {
    var object: JSONObject = [
      "reads": .bool(reads), "types": .bool(types),
      "after": .number(Double(pause.wholeMilliseconds) / 1000),
      "rules": .array(
        rules.map { rule in
          var object: JSONObject = [:]
          if !rule.patterns.isEmpty {
            object["when"] = .array(rule.patterns.map { .string($0.text) })
          }
          object["reply"] = .array(rule.replies.map { .string($0) })
          return .object(object)
        }),
    ]
    object["greeting"] = greeting.map(JSONValue.string)
    return .object(object)
  }

  /// What it says to `text`, with `{text}`, `{1}`, `{2}`, … (what the stars stood for) and `words` filled in.
  func replies(to text: String, words: [String: String]) -> [String] {
    for rule in rules {
      let found =
        rule.patterns.isEmpty ? [] : rule.patterns.lazy.compactMap { $0.stars(in: text) }.first
      guard let stars = found else { continue }
      var words = words
      words["text"] = text
      for (place, star) in stars.enumerated() { words["\(place + 1)"] = star }
      return rule.replies.map { BotScript.filled($0, words) }
    }
    return []
  }

  /// A text with the words in braces replaced, in one go, so that what comes in is never replaced again.
  static func filled(_ text: String, _ words: [String: String]) -> String {
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}"),
        let word = words[String(rest[rest.index(after: open)..<close])]
      else {
        result += "{"
        rest = rest.dropFirst()
        continue
      }
      result += word
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
