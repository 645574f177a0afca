extension CommandTable {
  /// The manual page called `page`, in the macros of man(7): all that help tells, of the commands below, too.
  func manual(page: String) -> String {
    var lines = [
      ".TH \(ManualText.escaped(page.uppercased())) 1 \"\" \(ManualText.quoted(name)) \(ManualText.quoted("User Commands"))",
      ".SH NAME", "\(ManualText.escaped(page)) \\- \(ManualText.escaped(summary))",
      ".SH SYNOPSIS",
    ]
    lines += synopsis(typed: name)
    lines.append(".SH DESCRIPTION")
    lines += about.isEmpty ? [ManualText.line("\(summary).")] : paragraphs
    lines += rows("OPTIONS", isOutermost: true)
    if !subcommands.isEmpty {
      lines.append(".SH COMMANDS")
      for command in subcommands { lines += command.described(typed: name) }
    }
    lines += exampleLines(".SH EXAMPLES")
    lines.append(".SH EXIT STATUS")
    for (code, meaning) in ManualText.exitCodes { lines += [".TP", "\(code)", meaning] }
    return lines.joined(separator: "\n")
  }

  /// A command below, and those below it.
  private func described(typed above: String) -> [String] {
    let typed = "\(above) \(name)"
    var lines = [".SS \(ManualText.quoted(typed))"]
    let sentence = "\(summary.prefix(1).uppercased())\(summary.dropFirst())."
    if passesOn { return lines + [ManualText.line("\(sentence) '\(typed) --help' tells more.")] }
    lines += synopsis(typed: typed) + [".PP", ManualText.line(sentence)] + paragraphs
    lines += rows(nil, isOutermost: false) + exampleLines(nil)
    for command in subcommands { lines += command.described(typed: typed) }
    return lines
  }

  private func synopsis(typed: String) -> [String] {
    let rest = usageLine(typed: typed).dropFirst(typed.count)
    return [".B \(ManualText.escaped(typed))", ManualText.line(String(rest.dropFirst()))]
  }

  private var paragraphs: [String] {
    about.flatMap { paragraph in
      guard paragraph.hasPrefix(" ") else { return [".PP", ManualText.line(paragraph)] }
      let lines = paragraph.split(separator: "\n", omittingEmptySubsequences: false)
      return [".PP", ".nf"] + lines.map { ManualText.line(String($0)) } + [".fi"]
    }
  }

  /// Operands and options; the first title is left out below a command.
  private func rows(_ title: String?, isOutermost: Bool) -> [String] {
    let options = allOptions(isOutermost: isOutermost).filter {
      isOutermost || $0.long != Self.help.long
    }
    let rows =
      operands.map { ($0.name, $0.help) }
      + options.map { option in
        let value = option.placeholder.map { " \($0)" } ?? ""
        return (
          (option.short.map { "-\($0), " } ?? "") + "--\(option.long)\(value)", help(of: option)
        )
      }
    guard !rows.isEmpty else { return [] }
    return (title.map { [".SH \($0)"] } ?? [])
      + rows.flatMap { [".TP", ".B \(ManualText.escaped($0.0))", ManualText.line("\($0.1).")] }
  }

  private func exampleLines(_ title: String?) -> [String] {
    guard !examples.isEmpty else { return [] }
    return (title.map { [$0] } ?? [".PP", "Examples:"])
      + examples.flatMap {
        [
          ".PP", ManualText.line("\($0.help):"), ".PP", ".nf", ".RS", ManualText.line($0.line),
          ".RE", ".fi",
        ]
      }
  }
}

/// Text as roff has it.
enum ManualText {
  /// How every program of Confab ends.
  static let exitCodes = [
    (ExitCode.done.rawValue, "All that was asked for is done."),
    (ExitCode.usage.rawValue, "The command line cannot be followed."),
    (ExitCode.badData.rawValue, "The input, or what was named, is not what it should be."),
    (ExitCode.unavailable.rawValue, "A service that is needed does not answer."),
    (ExitCode.internal.rawValue, "Something failed that should not."),
    (ExitCode.notPermitted.rawValue, "Nobody is signed in, or it is not permitted."),
    (ExitCode.configuration.rawValue, "The configuration has an error."),
  ]

  /// As it stands, hyphens that are typed included.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
      .replacing("`", with: "\\(ga").replacing("^", with: "\\(ha").replacing("~", with: "\\(ti")
  }

  /// A line that roff takes for text whatever it begins with.
  static func line(_ text: String) -> String {
    let text = escaped(text)
    return text.hasPrefix(".") ? "\\&\(text)" : text
  }

  /// One argument of a macro.
  static func quoted(_ text: String) -> String {
    "\"\(escaped(text).replacing("\"", with: "\\(dq"))\""
  }
}
