import ACSTypes
import ACSWire
import ServiceAuth

/// Which times of change the pages of a list of threads have shown, as the service writes it: Base64 of a JSON list of
/// `{start,end}` (WIRE 4.3, 12.5).
///
/// A thread that changes between two pages lies outside them, and so comes first on the next page.
struct SyncState: Hashable {
  /// A closed range of times.
  struct Range: Hashable {
    var start: Timestamp
    var end: Timestamp

    /// True when `moment` lies in it.
    func contains(_ moment: Timestamp) -> Bool { start <= moment && moment <= end }
  }

  /// What was shown; ranges do not overlap.
  private(set) var seen: [Range] = []

  /// Nothing shown.
  init() {}

  /// Reads the text of a link.
  ///
  /// - Throws: ``Refusal`` with status 400 when it is none of ours.
  init(_ text: String) throws(Refusal) {
    let refusal = Refusal(
      400, "BadRequest", "Value for syncState is not valid.",
      why: "syncState should come unchanged from a nextLink.")
    guard let bytes = [UInt8](base64: text), let list = (try? JSONValue.parse(bytes))?.array,
      list.count <= 100
    else { throw refusal }
    for item in list {
      guard let start = item["start"]?.string.flatMap({ Timestamp(iso8601: $0) }),
        let end = item["end"]?.string.flatMap({ Timestamp(iso8601: $0) })
      else { throw refusal }
      seen.append(Range(start: start, end: end))
    }
  }

  /// The text for a link.
  var text: String {
    let list = seen.map { range -> JSONValue in
      [
        "start": .string(range.start.iso8601WithOffset),
        "end": .string(range.end.iso8601WithOffset),
      ]
    }
    return JSONValue.array(list).bytes.base64
  }

  /// Notes a page that showed all that was not yet shown from `start` on.
  mutating func show(from start: Timestamp, to end: Timestamp) {
    var shown = Range(start: start, end: end)
    for range in seen where range.end >= shown.start && range.start <= shown.end {
      shown.start = min(shown.start, range.start)
      shown.end = max(shown.end, range.end)
    }
    seen.removeAll { $0.start >= shown.start && $0.end <= shown.end }
    seen.insert(shown, at: 0)
  }
}
