/// The name by which a caller asks for a token, as typed and in the form in which names are compared.
public struct CallerName: Hashable, Sendable {
  /// The longest name, in Unicode scalars.
  public static let limit = 128

  /// The name without blanks around it.
  public let text: String

  /// What names are compared by: the name in lower case; an authority's subject in which case matters, behind `=`.
  public let key: String

  /// Takes `text` without the blanks around it.
  ///
  /// - Parameters:
  ///   - text: What the caller gave.
  ///   - member: What it was given as, for the message: `user`, `displayName`.
  /// - Throws: ``RequestProblem`` when it is empty, too long, or holds characters that steer a terminal or the
  ///   direction of writing.
  init(_ text: String, member: String) throws(RequestProblem) {
    self.text = try CallerName.checked(text, member: member, limit: CallerName.limit)
    key = self.text.lowercased()
  }

  /// Takes what an operator typed; `nil` for what no caller can be called.
  public init?(_ text: String) {
    guard let name = try? CallerName(text, member: "user") else { return nil }
    self = name
  }

  /// Takes the subject of an authority's token, in which `A` and `a` are two users.
  ///
  /// - Throws: ``RequestProblem``, as for other names; a subject may be 255 characters long (OpenID Connect Core 1.0, 2).
  init(subject: String) throws(RequestProblem) {
    text = try CallerName.checked(subject, member: "The token's user", limit: 255)
    guard text.utf8.elementsEqual(subject.utf8) else {
      throw .badRequest("The token's user begins or ends with a blank, which no name here does.")
    }
    // No name in lower case holds a capital, so none of them is the same as a marked one.
    key = text == text.lowercased() ? text : "=\(text)"
  }

  private static func checked(
    _ text: String, member: String, limit: Int
  ) throws(RequestProblem) -> String {
    let trimmed = text.unicodeScalars.split(omittingEmptySubsequences: true) {
      $0.properties.isWhitespace
    }
    guard let first = trimmed.first, let last = trimmed.last else {
      throw .badRequest("\(member) is empty; leave it out, or give a name of 1 to 128 characters.")
    }
    let scalars = text.unicodeScalars[first.startIndex..<last.endIndex]
    guard scalars.count <= limit else {
      throw .badRequest("\(member) is longer than \(limit) characters; give a shorter name.")
    }
    guard !scalars.contains(where: { $0.steers }) else {
      throw .badRequest("\(member) holds control characters; give a name without them.")
    }
    return String(scalars)
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
