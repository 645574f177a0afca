import ACSWire

/// The grammar by which editors that take those of TextMate colour scripts.
struct TextMateGrammar {
  let text: String

  init() {
    let words = LanguageWords()
    let object: JSONObject = [
      "information_for_contributors": .array([
        .string("Made by scripts/generate-scripting; changes here are lost.")
      ]),
      "name": .string("Confab script"),
      "scopeName": .string("source.confab"),
      "fileTypes": .array([.string("confab")]),
      "patterns": .array(TextMateGrammar.patterns(words)),
      "repository": .object([
        "comment": TextMateGrammar.match("comment.line.number-sign.confab", #"(?<=^|[\s,"])#.*$"#),
        "text": TextMateGrammar.text(),
        "variable": TextMateGrammar.match(
          "variable.other.confab", #"\$(?:[\p{L}_][\p{L}\p{N}_]*|\{[\p{L}_][\p{L}\p{N}_]*\})"#),
      ]),
    ]
    text = PrettyJSON.text(.object(object)) + "\n"
  }

  private static func patterns(_ words: LanguageWords) -> [JSONValue] {
    let end = #"(?=\s|$)"#
    return [
      match("string.unquoted.picture.confab", #"^\s*\|.*\|\s*$"#), include("comment"),
      include("text"), include("variable"),
      match("keyword.control.heading.confab", "^(?:\(choice(words.headings)))\(end)"),
      match("keyword.control.heading.confab", #"^\s+message(?=\s)"#),
      captures(
        #"^\s+(as)\s+([^\s,"]+)"#, ["keyword.control.confab", "entity.name.type.person.confab"]),
      captures(
        "^\\s+(expect)(?:\\s+(no))?\\s+(\(choice(words.subjects)))(?=[\\s,]|$)",
        ["keyword.control.confab", "keyword.operator.confab", "support.type.confab"]),
      captures(
        #"^\s+(press)\s+([^",#\s]\S*(?:\s+[^",#\s]\S*)*)"#,
        ["entity.name.function.confab", "constant.other.key.confab"]),
      match("entity.name.function.confab", "^\\s+(?:\(choice(words.verbs)))\(end)"),
      match("constant.other.event.confab", "(?<=\\s)(?:\(choice(words.events)))(?=[\\s,]|$)"),
      match(
        "constant.numeric.confab",
        #"(?<=[\s,])(?:\d{4}-\d\d-\d\dT[\d:.]+Z?|\d+x\d+|(?:\d+(?:ms|[dhms]))+|-?\d+)(?=[\s,]|$)"#),
      match("constant.language.confab", "(?<=\\s)(?:\(choice(words.names)))(?=[\\s,]|$)"),
      match("keyword.operator.confab", "(?<=\\s)(?:\(choice(words.small)))(?=[\\s,]|$)"),
    ]
  }

  private static func text() -> JSONValue {
    .object([
      "name": .string("string.quoted.double.confab"), "begin": .string("\""),
      "end": .string("\"|$"),
      "patterns": .array([
        match(
          "constant.character.escape.confab", #"\\(?:[nt"\\$]|u\{[0-9A-Fa-f]{1,8}\})"#),
        match("invalid.illegal.escape.confab", #"\\."#),
        include("variable"),
      ]),
    ])
  }

  private static func match(_ name: String, _ pattern: String) -> JSONValue {
    .object(["name": .string(name), "match": .string(pattern)])
  }

  private static func include(_ name: String) -> JSONValue {
    .object(["include": .string("#\(name)")])
  }

  /// A pattern whose groups have names, in their order.
  private static func captures(_ pattern: String, _ names: [String]) -> JSONValue {
    let groups = names.enumerated().map { number, name in
      (String(number + 1), JSONValue.object(["name": .string(name)]))
    }
    return .object(["match": .string(pattern), "captures": .object(JSONObject(groups))])
  }

  private static func choice(_ words: [String]) -> String {
    // The longest first: of what begins alike the first that fits is taken.
    words.sorted { ($1.count, $0) < ($0.count, $1) }.map {
      $0.replacing(".", with: "\\.").replacing(" ", with: "\\s+")
    }.joined(separator: "|")
  }
}
