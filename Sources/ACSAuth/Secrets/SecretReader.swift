public import ACSTypes
public import Services

/// Reads secrets from wherever a configuration says that they are, anew each time.
public struct SecretReader: Sendable {
  /// How long a command may take unless a configuration says otherwise.
  public static let commandTimeout = Duration.seconds(30)
  /// How much of what a failing command said is shown.
  private static let wordsLimit = 200

  private let local: any LocalSecretReader
  private let programs: any ProgramRunner

  /// A reader of what is on this machine.
  public init(local: any LocalSecretReader, programs: any ProgramRunner) {
    self.local = local
    self.programs = programs
  }

  /// The secret, without blanks around it.
  ///
  /// - Throws: `ServiceError` that names the source: `.badSettings` when it is not there or empty, `.authFailed` when a
  ///   command ended with an error, `.timedOut` when it did not end.
  public func read(_ source: SecretSource) async throws -> Secret {
    switch source {
    case .given(let secret): return secret
    case .environment(let name):
      guard let secret = local.environment(name) else {
        throw ServiceError(
          .badSettings, "\(source.words.capitalizedFirst) is not set. Set it to the secret.")
      }
      return secret
    case .file(let path): return try local.file(path)
    case .command(let call): return try await output(of: call, source)
    }
  }

  private func output(of call: ProgramCall, _ source: SecretSource) async throws -> Secret {
    let result: ProgramResult
    do {
      result = try await programs.run(call)
    } catch {
      throw ServiceError(SecretReader.code(error.code), SecretReader.words(error, call))
    }
    guard result.exitCode == 0 else {
      throw SecretReader.failure(result, source)
    }
    guard let text = String(validating: result.output, as: UTF8.self)?.trimmed, !text.isEmpty
    else {
      throw ServiceError(
        .badSettings,
        "\(source.words.capitalizedFirst) printed no text. It should print the secret on standard output."
      )
    }
    return Secret(text)
  }

  /// The exit code and the end of what the command said; nothing of its output, which may be the secret.
  private static func failure(_ result: ProgramResult, _ source: SecretSource) -> ServiceError {
    let said = String(decoding: result.errorOutput, as: UTF8.self).trimmed
    // A command may repeat on standard error what it prints.
    let printed = String(decoding: result.output, as: UTF8.self).split { $0.isWhitespace }
      .map { Secret(String($0)) }
    let words = Excerpt(String(said.suffix(1000)), limit: wordsLimit, hiding: printed).text
    let told = words.isEmpty ? "It said nothing." : "It said: \"\(words)\""
    return ServiceError(
      .authFailed,
      "\(source.words.capitalizedFirst) ended with exit code \(result.exitCode). \(told)")
  }

  private static func words(_ error: ProgramError, _ call: ProgramCall) -> String {
    switch error.code {
    case .timedOut:
      """
      The command \(call.words) did not end within \(call.timeout.words) and was killed. It gets no input; one that \
      asks for something waits for ever.
      """
    default: "The command \(call.words) failed: \(Excerpt(error.message, limit: 200).text)"
    }
  }

  private static func code(_ code: ProgramError.Code) -> ServiceError.Code {
    switch code {
    case .notFound, .cannotStart, .tooMuchOutput: .badSettings
    case .timedOut: .timedOut
    case .cancelled: .cancelled
    }
  }
}

extension String {
  /// The text without blanks around it.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
  }

  var capitalizedFirst: String {
    prefix(1).uppercased() + dropFirst()
  }
}
