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
  /// The program's name, or what the shell is told.
  var words: String {
    let isShell = program == "/bin/sh" && arguments.first == "-c"
    let name = isShell ? arguments.dropFirst().first ?? program : program
    return "\"\(Excerpt(name, limit: 60).text)\""
  }
}
