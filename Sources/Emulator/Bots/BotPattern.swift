/// A text with stars, each of which stands for any text; letters fit in upper and lower case.
struct BotPattern: Hashable, Sendable {
  /// As it was written.
  let text: String
  private let parts: [[Character]]

  init(_ text: String) {
    self.text = text
    parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(
      Array.init)
  }

  /// What the stars stand for; `nil` when the pattern does not fit.
  ///
  /// Each star but the last takes as little as it can.
  ///
  /// - Complexity: That of looking for each part once.
  func stars(in message: String) -> [String]? {
    let original = Array(message.trimmed)
    let lower = original.map { Character($0.lowercased().first.map(String.init) ?? String($0)) }
    guard let first = parts.first, let last = parts.last, lower.starts(with: first) else {
      return nil
    }
    guard parts.count > 1 else { return lower.count == first.count ? [] : nil }
    var place = first.count
    var stars: [String] = []
    for part in parts[1..<(parts.count - 1)] {
      guard let found = BotPattern.find(part, in: lower, from: place) else { return nil }
      stars.append(String(original[place..<found]))
      place = found + part.count
    }
    let end = lower.count - last.count
    guard end >= place, lower[end...].elementsEqual(last) else { return nil }
    return stars + [String(original[place..<end])]
  }

  private static func find(_ part: [Character], in text: [Character], from start: Int) -> Int? {
    guard text.count - part.count >= start else { return nil }
    return (start...(text.count - part.count)).first {
      text[$0..<($0 + part.count)].elementsEqual(part)
    }
  }
}

extension String {
  fileprivate var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...end]
  }
}
