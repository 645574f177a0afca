extension CommandTable {
  /// What may stand in the place of the last of `words`, which is still being typed; the program's name is left out.
  ///
  /// - Returns: A line for each, with a tab and what it does behind it; the line `:` stands for the names of files.
  func completion(of words: [String]) -> String {
    var typing = Typing(table: self)
    for word in words.dropLast() { typing.take(word) }
    return typing.candidates(for: words.last ?? "").joined(separator: "\n")
  }

  /// A command line as far as it is typed.
  private struct Typing {
    var table: CommandTable
    private var isOutermost = true
    private var takesOptions = true
    private var operands = 0
    /// The option whose value comes next.
    private var pending: Option?

    init(table: CommandTable) {
      self.table = table
    }

    private var options: [Option] { table.allOptions(isOutermost: isOutermost) }

    mutating func take(_ word: String) {
      // Some shells hand over `--size=100x30` in three words.
      if word == "=", pending != nil { return }
      if pending != nil {
        pending = nil
      } else if takesOptions, word == "--" {
        takesOptions = false
      } else if takesOptions, word.hasPrefix("--") {
        if !word.contains("=") {
          pending = named(word.dropFirst(2)).flatMap { $0.placeholder == nil ? nil : $0 }
        }
      } else if takesOptions, word.hasPrefix("-"), word.count > 1 {
        takeShort(word.dropFirst())
      } else if let command = table.subcommands.first(where: { $0.name == word }) {
        table = command
        isOutermost = false
      } else {
        operands += 1
      }
    }

    /// Letters may stand together; the first one with a value has what follows it as its value.
    private mutating func takeShort(_ letters: Substring) {
      for (index, letter) in letters.enumerated() {
        guard let option = options.first(where: { $0.short == letter }), option.placeholder != nil
        else { continue }
        if index + 1 == letters.count { pending = option }
        return
      }
    }

    private func named(_ name: Substring) -> Option? {
      let begun = options.filter { $0.long.hasPrefix(name) }
      return begun.first { $0.long == name } ?? (begun.count == 1 ? begun[0] : nil)
    }

    func candidates(for word: String) -> [String] {
      if table.passesOn { return [":"] }
      // No command of this one's.
      if !table.subcommands.isEmpty, operands > 0 { return [] }
      if let pending { return values(of: pending, beginning: word == "=" ? "" : word) }
      if takesOptions, word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
        let name = word[..<equals]
        guard let option = named(name.dropFirst(2)) else { return [] }
        return values(of: option, beginning: String(word[word.index(after: equals)...]))
          .map { $0 == ":" ? $0 : "\(name)=\($0)" }
      }
      let isOption = takesOptions && word.hasPrefix("-")
      let rows = isOption ? [] : beside(word)
      let offersOptions = isOption || takesOptions && word.isEmpty && rows.isEmpty
      guard offersOptions else { return rows }
      return options.filter { "--\($0.long)".hasPrefix(word) }.map { "--\($0.long)\t\($0.help)" }
    }

    /// What may stand there that is no option.
    private func beside(_ word: String) -> [String] {
      guard table.subcommands.isEmpty else {
        return table.subcommands.filter { $0.name.hasPrefix(word) }.map {
          "\($0.name)\t\($0.summary)"
        }
      }
      guard let last = table.operands.last else { return [] }
      let operand = table.operands.indices.contains(operands) ? table.operands[operands] : last
      guard operands < table.operands.count || last.count == .many else { return [] }
      return words(for: operand.name, beginning: word)
    }

    private func values(of option: Option, beginning word: String) -> [String] {
      option.placeholder.map { words(for: $0, beginning: word) } ?? []
    }

    /// By what help calls it: `off|real`, `FILE`.
    private func words(for placeholder: String, beginning word: String) -> [String] {
      if placeholder.contains("|") {
        return placeholder.split(separator: "|").map(String.init).filter { $0.hasPrefix(word) }
      }
      return ["FILE", "PATH", "DIR", "FOLDER"].contains { placeholder.hasSuffix($0) } ? [":"] : []
    }
  }
}
