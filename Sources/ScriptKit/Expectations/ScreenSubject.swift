import Cells
import ClientModel

extension Subject {
  static let screen = Subject(
    "screen",
    [
      .init(
        "expect screen has \"TEXT\" | has no \"TEXT\"",
        "Some row has the text, wherever on the screen."),
      .init(
        "expect screen",
        "The screen is the picture below: each row between two '|'; blanks at a row's end may be left out."
      ),
      .init(
        "expect screen has",
        "The rows of the picture below follow one another somewhere on the screen, each as a part of a row of its own."
      ),
    ], isOutcome: false
  ) { words throws(ScriptError) in
    let isPart = words.takes("has")
    guard !words.children.isEmpty else {
      guard isPart else { throw words.mismatch("'has' and a text, or a picture below,") }
      let isNone = words.takes("no")
      let start = words
      let text = try words.text("a text")
      if text.literal?.isEmpty == true { throw start.error("every row has nothing in it") }
      return RowLook(text: text, isNone: isNone)
    }
    var rows: [String] = []
    for row in words.children where !row.isBroken {
      guard row.isPicture, let first = row.tokens.first, case .text(let text) = first.kind,
        row.children.isEmpty
      else { throw ScriptError(row.place, "a row of a picture stands between two '|'") }
      rows.append(text.literal ?? "")
    }
    if isPart, rows.allSatisfy({ $0.trimmed.isEmpty }) {
      throw ScriptError(words.line.place, "there is nothing in the picture")
    }
    return PictureLook(rows: rows, isPart: isPart)
  }

  static let line = Subject(
    "line",
    [
      .init(
        "expect line N \(TextTest.usage)",
        "A row of the screen, counted from 1, from the bottom by -1; blanks at its ends are left out."
      )
    ], isOutcome: false
  ) { words throws(ScriptError) in
    let number = try words.number("a row", in: -300...300)
    guard number != 0 else { throw words.error("rows count from 1, from the bottom by -1") }
    return TextLook(
      what: "line \(number)", test: try TextTest(&words),
      text: { run throws(StepFailure) in
        let rows = try run.screen().textRows
        let index = number > 0 ? number - 1 : rows.count + number
        guard rows.indices.contains(index) else {
          throw StepFailure("the screen has \(rows.count) rows")
        }
        return rows[index].trimmed
      })
  }

  static let title = Subject(
    "title", [.init("expect title \(TextTest.usage)", "The title of the terminal's window.")],
    isOutcome: false
  ) { words throws(ScriptError) in
    TextLook(
      what: "the title", test: try TextTest(&words),
      text: { run throws(StepFailure) in try run.screen().modes.title })
  }
}

/// Looks for a text in the rows of the screen.
private struct RowLook: Look {
  let text: ScriptText
  let isNone: Bool

  var isNegative: Bool { isNone }

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let rows = try run.screen().textRows
    let wanted = run.value(text)
    let found = !wanted.isEmpty && rows.contains { $0.contains(wanted) }
    return Finding(
      matches: found != isNone ? [wanted] : [],
      instead: isNone
        ? "the screen has \(quoted(wanted))" : "no row of the screen has \(quoted(wanted))",
      wanted: isNone ? nil : wanted, candidates: rows.map(\.trimmed).filter { !$0.isEmpty })
  }
}

/// Holds the screen, or some rows of it, against a picture.
private struct PictureLook: Look {
  var hasBlock: Bool { true }
  let rows: [String]
  let isPart: Bool

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let screen = try run.screen().textRows
    if isPart {
      let wanted = rows.map(\.trimmed)
      let lines = screen.map(\.trimmed)
      let isThere = (0...max(0, lines.count - wanted.count)).contains { start in
        start + wanted.count <= lines.count
          && zip(lines[start...], wanted).allSatisfy { $0.contains($1) }
      }
      return Finding(
        matches: isThere ? ["the picture"] : [],
        instead: "the rows of the picture do not follow one another on the screen",
        wanted: wanted.first, candidates: lines.filter { !$0.isEmpty })
    }
    let wanted = rows.map(\.trimmedEnd)
    let lines = screen.map(\.trimmedEnd)
    guard wanted != lines else { return Finding(matches: ["the picture"], instead: "") }
    let wrong =
      zip(wanted, lines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(wanted.count, lines.count)
    var message = "the screen is another from row \(wrong + 1) on; to expect what is there, write:"
    message += lines.map { "\n      |\($0)|" }.joined()
    return Finding(matches: [], instead: message)
  }
}
