/// Cuts `text` to at most `columns` columns, between grapheme clusters.
///
/// - Parameters:
///   - text: A text for one line.
///   - columns: Less than 1 gives the empty text.
///   - ellipsis: Stands for what was cut; left out where even it does not fit.
/// - Returns: `text` itself when it fits.
/// - Complexity: O(columns), not O(text), for a text of ordinary clusters.
public func truncate(_ text: String, columns: Int, ellipsis: String = "…") -> String {
  guard columns > 0 else { return "" }
  if text.utf8.count <= columns, Columns.width(of: text) <= columns { return text }
  let ellipsis = Columns.width(of: ellipsis) <= columns ? ellipsis : ""
  let room = columns - Columns.width(of: ellipsis)
  var width = 0
  var end = text.startIndex
  var index = text.startIndex
  while index < text.endIndex {
    let next = text.index(after: index)
    width += Columns.width(of: text[index])
    if width > columns { return text[..<end] + ellipsis }
    index = next
    if width <= room { end = next }
  }
  return text
}
