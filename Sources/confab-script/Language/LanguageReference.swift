import ArgumentTable
import ScriptKit

/// The reference of the language, `docs/scripting.md`: what the tables say, between what people wrote.
struct LanguageReference {
  let text: String

  init() {
    let chapters: [String] = [
      LanguageReference.beginning, LanguageReference.fileForm,
      LanguageReference.chapter(
        "## Headings", LanguageReference.headings, Heading.all.map(\.forms)),
      LanguageReference.scenes,
      "## Verbs\n\n" + LanguageReference.verbs,
      LanguageReference.verbs("### What people do", by: .person),
      LanguageReference.verbs("### What the world does", by: .world),
      LanguageReference.verbs("### What both do", by: .either),
      LanguageReference.expectations, LanguageReference.subjects, LanguageReference.events,
      LanguageReference.states, LanguageReference.snapshots, LanguageReference.stages,
      LanguageReference.weather,
      LanguageReference.commands, LanguageReference.swift, LanguageReference.editors,
    ]
    text = chapters.joined(separator: "\n\n") + "\n"
  }

  // MARK: - Tables

  private static func chapter(_ title: String, _ text: String, _ forms: [[Verb.Form]]) -> String {
    "\(title)\n\n\(text)\n\n\(table(forms.flatMap(\.self)))"
  }

  private static func verbs(_ title: String, by actor: Verb.Actor) -> String {
    let verbs = Verb.all.filter { $0.actor == actor && $0.name != "expect" }
    let parts = verbs.map { verb in
      "#### \(verb.name)\n\n\(table(verb.forms))" + (verb.about.isEmpty ? "" : "\n\n\(verb.about)")
    }
    return ([title] + parts).joined(separator: "\n\n")
  }

  /// What an expectation can look at, with the marks of what is counted and what trouble may change.
  private static var subjects: String {
    let parts = Subject.all.map { subject in
      var notes: [String] = []
      if subject.isCounted { notes.append("Counted: without a count it happened at least once.") }
      if !subject.isOutcome { notes.append("Not looked at under faults.") }
      return "#### expect \(subject.name)\n\n\(table(subject.forms))"
        + (notes.isEmpty ? "" : "\n\n" + notes.joined(separator: " "))
    }
    return (["### What is looked at"] + parts).joined(separator: "\n\n")
  }

  private static var events: String {
    let rows = HappeningName.all.map { (code($0.name), $0.meaning) }
    let effects = HappeningName.effects.map { code($0) }.joined(separator: ", ")
    return """
      ## Events

      What `expect event NAME` knows. What belongs to an event, its detail, is what `has "TEXT"` looks into.

      \(table(["event", "when"], rows))

      Whatever a client asks for ends as `NAME.done` or `NAME.failed`, with one of these names: \(effects).
      """
  }

  private static var states: String {
    let rows = StateFacet.all.map { (code($0.path), $0.meaning) }
    return "\(LanguageReference.stateText)\n\n\(table(["path", "what it tells"], rows))"
  }

  private static var snapshots: String {
    let rows = SnapshotMask.allCases.map { (code($0.rawValue), $0.meaning) }
    return "\(LanguageReference.snapshotText)\n\n\(table(["role", "what is left out"], rows))"
  }

  private static var weather: String {
    let looks = { (isOutcome: Bool) in
      Subject.all.filter { $0.isOutcome == isOutcome }.map { code($0.name) }.joined(separator: ", ")
    }
    return LanguageReference.weatherText(kept: looks(true), dropped: looks(false))
  }

  private static var commands: String {
    let usages = CommandTable.script.subcommands.compactMap { command -> String? in
      guard
        case .help(let usage)? = try? CommandTable.script.parse([command.name, "--help"]).request
      else { return nil }
      return "```text\n\(usage.replacing("confab-script", with: "confab script"))```"
    }
    return "\(LanguageReference.commandText)\n\n\(usages.joined(separator: "\n\n"))"
  }

  private static func table(_ forms: [Verb.Form]) -> String {
    table(
      ["form", "what it does"],
      forms.map { (code($0.usage.replacing(Subject.textTest, with: "TEST")), $0.meaning) })
  }

  private static func table(_ head: [String], _ rows: [(String, String)]) -> String {
    var lines = ["| \(head.joined(separator: " | ")) |", "| --- | --- |"]
    lines += rows.map { "| \($0.0) | \(cell($0.1)) |" }
    return lines.joined(separator: "\n")
  }

  /// A text as code within a table; what a block begins with stands in blanks that Markdown would drop.
  private static func code(_ text: String) -> String {
    let indent = text.prefix { $0 == " " }.count
    return String(repeating: "&nbsp;", count: indent) + "`\(cell(String(text.dropFirst(indent))))`"
  }

  /// A text in a cell of a table, whose bars would begin the next one.
  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
