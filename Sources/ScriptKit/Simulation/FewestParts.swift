/// Finds the fewest parts of a list that still fail: halves are left out first, then quarters, and so on down to single
/// parts (after Zeller and Hildebrandt's ddmin, without beginning anew after each find).
///
/// The same list and the same answers give the same parts, unless ``mayGoOn`` ends it.
struct FewestParts<Part> {
  /// Is told, before each try, how many parts are left; false ends it there.
  var mayGoOn: (_ parts: Int) -> Bool
  /// True when these parts fail as the whole does.
  var fails: ([Part]) -> Bool
  /// True when it ended before no single part could be left out.
  private(set) var isCutShort = false

  init(
    mayGoOn: @escaping (_ parts: Int) -> Bool = { _ in true }, fails: @escaping ([Part]) -> Bool
  ) {
    self.mayGoOn = mayGoOn
    self.fails = fails
  }

  /// The fewest of `parts` found, one at the least; no single one of them can be left out, unless it was cut short.
  mutating func find(in parts: [Part]) -> [Part] {
    var parts = parts
    var size = max(1, parts.count / 2)
    while parts.count > 1, !isCutShort {
      var isShorter = false
      var end = parts.count
      // From the end: what comes after the failure goes first.
      while end > 0, !isCutShort {
        let start = max(0, end - size)
        let rest = Array(parts[..<start] + parts[end...])
        if !rest.isEmpty, test(rest) {
          parts = rest
          isShorter = true
        }
        end = start
      }
      if size == 1, !isShorter { break }
      size = max(1, size / 2)
    }
    return parts
  }

  private mutating func test(_ parts: [Part]) -> Bool {
    guard !isCutShort, mayGoOn(parts.count) else {
      isCutShort = true
      return false
    }
    return fails(parts)
  }
}
