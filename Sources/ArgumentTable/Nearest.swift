/// The one of `candidates` that `word` was probably meant to be; the first of equally near ones.
///
/// - Returns: `nil` when none is near: more than a third of the letters, and more than one, differ.
public func nearest(to word: String, in candidates: [String]) -> String? {
  // Nobody means a name by a word as long as this, and comparing it would take long.
  guard word.utf8.count <= 200 else { return nil }
  let allowed = max(1, word.count / 3)
  let ranked = candidates.map { (name: $0, distance: distance(Array(word), Array($0))) }
  guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= allowed
  else { return nil }
  return best.name
}

/// Counts the letters to insert, drop, replace, or swap with a neighbour to get from `left` to `right`.
private func distance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[right.count]
}
