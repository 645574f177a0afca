/// A pattern in which `*` stands for any text.
public struct Glob: Hashable, Sendable {
  /// The pattern as it was written.
  public let source: String

  /// A pattern.
  public init(_ source: String) {
    self.source = source
  }

  /// True when the whole text is like the pattern.
  public func matches(_ text: String) -> Bool {
    let parts = source.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return text == source }
    guard text.hasPrefix(parts[0]) else { return false }
    var rest = text.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }
}
