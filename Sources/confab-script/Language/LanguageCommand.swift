import ArgumentTable

/// `confab script language`: the language, as other programs and people want to have it.
enum LanguageCommand {
  /// The forms in which it is told.
  enum Form: String, CaseIterable {
    case markdown, vim, textmate, json

    /// The file's text, which ends with a line feed.
    var text: String {
      switch self {
      case .markdown: LanguageReference().text
      case .vim: VimGrammar().text
      case .textmate: TextMateGrammar().text
      case .json: LanguageTable().text
      }
    }
  }

  static func run(_ arguments: ParsedArguments) -> Int32 {
    let form = arguments.text("as").flatMap(Form.init) ?? .markdown
    // A line feed is added there.
    Output.pour(String(form.text.dropLast()))
    return ExitCode.done.rawValue
  }
}
