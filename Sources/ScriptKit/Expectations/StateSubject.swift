import EventLog

extension Subject {
  static let state = Subject(
    "state",
    [
      .init(
        "expect state PATH is VALUE | is not VALUE | has \"TEXT\" | has no \"TEXT\" | is like \"TE*XT\" | is empty | is not empty",
        "What the client knows, at a path as 'confab replay --state' takes it: interface.focus, conversations[$id].anchor."
      ),
      .init("expect state PATH is above N | below N", "A number."),
      .init(
        "expect state PATH exists",
        "There is something at the path: not nil, and of a [KEY] at its end an entry."),
    ]
  ) { words throws(ScriptError) in
    StateLook(
      path: try words.path(), test: try StateLook.Test(&words))
  }
}

/// Looks at a part of the state.
private struct StateLook: Look {
  enum Test: Sendable {
    case text(TextTest)
    case above(Int)
    case below(Int)
    case exists

    /// What stands for no value after `is`.
    private static let words: Set = ["like", "not", "empty", "above", "below"]

    init(_ words: inout Words) throws(ScriptError) {
      if words.takes("exists") {
        self = .exists
      } else if words.takes("is", "above") {
        self = .above(try words.number("a number", in: Int.min...Int.max))
      } else if words.takes("is", "below") {
        self = .below(try words.number("a number", in: Int.min...Int.max))
      } else {
        let start = words
        if words.takes("is"), let word = words.peekedWord, !words.isText,
          !StateLook.Test.words.contains(word)
        {
          words.skip()
          self = .text(.is(ScriptText(word)))
          return
        }
        words = start
        if words.takes("is", "not"), let word = words.peekedWord, !words.isText, word != "empty" {
          guard !StateLook.Test.words.contains(word) else {
            throw words.error("'is not \(word)' cannot be said; a value in quotes may be any word")
          }
          words.skip()
          self = .text(.isNot(ScriptText(word)))
          return
        }
        words = start
        self = .text(try TextTest(&words))
      }
    }
  }

  let path: ScriptText
  let test: Test

  var isNegative: Bool { if case .text(let test) = test { test.isNegative } else { false } }

  private static func cut(_ text: String) -> String {
    let lines = text.split(separator: "\n")
    let more = lines.count > 8 ? ["  … \(lines.count - 8) more"] : []
    return (lines.prefix(8).map { String($0.prefix(200)) } + more).joined(separator: "\n  ")
  }

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let path = run.value(path)
    let part: StateTree
    do throws(StepFailure) { part = try run.part(path) } catch {
      // What an entry is called is no name that can be wrong; all before it is.
      guard case .exists = test, path.last == "]", let end = path.lastIndex(of: "[") else {
        throw error
      }
      _ = try run.part(String(path[..<end]))
      return Finding(matches: [], instead: error.message, statePath: path)
    }
    let text = part.unquotedText
    let holds: Bool
    switch test {
    case .text(let test): holds = test.holds(for: text, run)
    case .above(let number): holds = Int(text).map { $0 > number } ?? false
    case .below(let number): holds = Int(text).map { $0 < number } ?? false
    case .exists: holds = text != "nil"
    }
    return Finding(
      matches: holds ? [text] : [],
      instead: "\(path) is \(part.text.isEmpty ? "empty" : StateLook.cut(part.text))",
      statePath: path)
  }
}
