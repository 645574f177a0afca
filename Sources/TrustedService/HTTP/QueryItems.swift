import ACSTypes

/// The items of a request's query, by name.
struct QueryItems: Hashable, Sendable {
  private var items: [String: String] = [:]

  /// Reads `a=b&c=d` as browsers and forms write it: `+` is a blank; of equal names the first counts.
  ///
  /// - Throws: ``RequestProblem`` when the text is not UTF-8 or a `%` lacks its digits.
  init(_ query: Substring) throws(RequestProblem) {
    for item in query.split(separator: "&") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = QueryItems.decoded(parts[0]),
        let value = QueryItems.decoded(parts.count > 1 ? parts[1] : "")
      else {
        throw .badRequest("The query cannot be read; write other bytes than letters as %XX.")
      }
      if items[name] == nil { items[name] = value }
    }
  }

  /// The value of `name`; `nil` when it is absent.
  subscript(name: String) -> String? { items[name] }

  private static func decoded(_ text: Substring) -> String? {
    String(text.map { $0 == "+" ? " " : $0 }).percentDecoded
  }
}
