public import ACSTypes
public import Services

/// Where a secret comes from, as a configuration names it.
public enum SecretSource: Hashable, Sendable {
  /// The configuration itself.
  case given(Secret)
  /// A variable of the environment.
  case environment(String)
  /// A file that only its owner can read.
  case file(String)
  /// What a program prints.
  case command(ProgramCall)

  /// The source in words: `the environment variable TOKEN`.
  public var words: String {
    switch self {
    case .given: "the configuration"
    case .environment(let name): "the environment variable \(name)"
    case .file(let path): "the file \(path)"
    case .command(let call): "the command \(call.words)"
    }
  }
}

extension ProgramCall {
  /// The program's name, of a line for the shell the first word: what follows may hold secrets, though it should not.
  var words: String {
    guard program == "/bin/sh", arguments.first == "-c", arguments.count == 2 else {
      return "\"\(Excerpt(program, limit: 60).text)\""
    }
    let words = arguments[1].split { $0.isWhitespace }
    guard let first = words.first, !first.contains("=") else { return "for the shell" }
    return "\"\(Excerpt(String(first), limit: 60).text)\(words.count > 1 ? " …" : "")\""
  }
}
