extension CommandTable {
  /// The help text: usage line, what it is about, commands, operands, options and examples, in 80 columns, with a line
  /// feed at its end.
  public var usage: String { usage(typed: name, isOutermost: true) }

  func usage(typed: String, isOutermost: Bool) -> String {
    var lines = ["Usage: \(usageLine(typed: typed))", "", summary + "."]
    for paragraph in about {
      lines.append("")
      lines += paragraph.hasPrefix(" ") ? [paragraph] : wrap(paragraph, width: 80)
    }
    lines += section("Commands", subcommands.map { ($0.name, $0.summary) })
    lines += section("Operands", operands.map { ($0.name, $0.help) })
    let options = allOptions(isOutermost: isOutermost)
    lines += section("Options", options.map { (label(of: $0), help(of: $0)) })
    if !examples.isEmpty {
      lines += ["", "Examples:"]
      for example in examples {
        lines.append("  \(example.line)")
        lines += wrap(example.help, width: 74).map { "      \($0)" }
      }
    }
    if !subcommands.isEmpty {
      lines += ["", "'\(typed) COMMAND --help' tells more of a command."]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func usageLine(typed: String) -> String {
    var parts = [typed, "[OPTION]..."]
    if !subcommands.isEmpty { parts.append(needsSubcommand ? "COMMAND" : "[COMMAND]") }
    for operand in operands {
      switch operand.count {
      case .one: parts.append(operand.name)
      case .optional: parts.append("[\(operand.name)]")
      case .many: parts.append("[\(operand.name)]...")
      }
    }
    return parts.joined(separator: " ")
  }

  private func label(of option: Option) -> String {
    let short = option.short.map { "-\($0), " } ?? "    "
    let value = option.placeholder.map { " \($0)" } ?? ""
    return "\(short)--\(option.long)\(value)"
  }

  func help(of option: Option) -> String {
    var notes: [String] = []
    if let text = option.defaultValue { notes.append("default \(text)") }
    if option.repeatable { notes.append("may be repeated") }
    return notes.isEmpty ? option.help : "\(option.help) (\(notes.joined(separator: "; ")))"
  }

  /// A titled list of two columns; nothing for no rows.
  private func section(_ title: String, _ rows: [(label: String, help: String)]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let widest = rows.map(\.label.count).filter { $0 <= 24 }.max() ?? 24
    var lines = ["", "\(title):"]
    for row in rows {
      var left = "  \(row.label)"
      if row.label.count > widest {
        lines.append(left)
        left = ""
      }
      for text in wrap(row.help, width: 80 - widest - 4) {
        lines.append(left + String(repeating: " ", count: widest + 4 - left.count) + text)
        left = ""
      }
    }
    return lines
  }
}

/// Breaks `text` at blanks into lines of at most `width` characters; a longer word has a line of its own.
private func wrap(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " \(word)"
  }
  return lines + [line]
}
