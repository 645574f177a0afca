/// A list of texts as one value, for `= ANY ($1)`.
public struct PostgresArray: PostgresStorable {
  private let texts: [String]

  /// A list.
  public init(_ texts: [String]) {
    self.texts = texts
  }

  /// The server's own form: every text in quotes, with `"` and `\` marked.
  public var sent: String? {
    let quoted = texts.map { text in
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
  }
}
