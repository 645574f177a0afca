import EventLog

extension Subject {
  static let state = Subject(
    "state",
    [
      .init(
        "expect state PATH is VALUE | is not VALUE | has \"TEXT\" | is like \"TE*XT\"",
        "What the client knows, at a path as 'confab replay --state' takes it: interface.focus, conversations[$id].anchor."
      ),
      .init("expect state PATH is above N | below N", "A number."),
      .init("expect state PATH exists", "There is something at the path."),
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
          !["like", "not", "empty"].contains(word)
        {
          words.skip()
          self = .text(.is(ScriptText(word)))
          return
        }
        words = start
        if words.takes("is", "not"), let word = words.peekedWord, !words.isText {
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

  private static func cut(_ text: String) -> String {
    let lines = text.split(separator: "\n")
    let more = lines.count > 8 ? ["  … \(lines.count - 8) more"] : []
    return (lines.prefix(8).map { String($0.prefix(200)) } + more).joined(separator: "\n  ")
  }

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let path = run.value(path)
    let part = try run.part(path)
    let text = part.unquotedText
    let holds: Bool
    switch test {
    case .text(let test): holds = test.holds(for: text, run)
    case .above(let number): holds = Int(text).map { $0 > number } ?? false
    case .below(let number): holds = Int(text).map { $0 < number } ?? false
    case .exists: holds = true
    }
    return Finding(
      matches: holds ? [text] : [], instead: "\(path) is \(StateLook.cut(part.text))",
      statePath: path)
  }
}
