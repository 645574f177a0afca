/// The name by which a caller asks for a token, as typed and in the form in which names are compared.
struct CallerName: Hashable, Sendable {
  /// The longest name, in Unicode scalars.
  static let limit = 128

  /// The name without blanks around it.
  let text: String

  /// What names are compared by: the name in lower case.
  var key: String { text.lowercased() }

  /// Takes `text` without the blanks around it.
  ///
  /// - Parameters:
  ///   - text: What the caller gave.
  ///   - member: What it was given as, for the message: `user`, `displayName`.
  /// - Throws: ``RequestProblem`` when it is empty, too long, or holds characters that steer a terminal or the
  ///   direction of writing.
  init(_ text: String, member: String) throws(RequestProblem) {
    let trimmed = text.unicodeScalars.split(omittingEmptySubsequences: true) {
      $0.properties.isWhitespace
    }
    guard let first = trimmed.first, let last = trimmed.last else {
      throw .badRequest("\(member) is empty; leave it out, or give a name of 1 to 128 characters.")
    }
    let scalars = text.unicodeScalars[first.startIndex..<last.endIndex]
    guard scalars.count <= CallerName.limit else {
      throw .badRequest("\(member) is longer than 128 characters; give a shorter name.")
    }
    guard !scalars.contains(where: { $0.steers }) else {
      throw .badRequest("\(member) holds control characters; give a name without them.")
    }
    self.text = String(scalars)
  }
}

extension Unicode.Scalar {
  /// True for control characters, line separators and what turns the direction of writing.
  fileprivate var steers: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: properties.isBidiControl
    }
  }
}
