import SQLiteDatabase
import Services

/// The number of a message's row: its place with some bits behind, so that the numbers of all threads' messages ascend
/// with time.
///
/// Going through numbers is going through time, for the rows and for the index alike: the newest hits need no sorting.
enum MessageNumber {
  /// 256 messages of different threads may have arrived in one millisecond; more of them take the next free numbers.
  private static let bits: Int64 = 8
  /// Places from here on, in the year 4199, are nonsense.
  private static let limit: Int64 = 1 << 46

  /// The least number of a message at `place`.
  static func first(_ place: Int64) -> Int64 { min(max(place, 0), limit) << bits }

  /// A number that no message has.
  static func free(for place: Int64, _ connection: SQLiteConnection) throws(StoreError) -> Int64 {
    // What comes with nonsense instead of a time may come often; it is not searched for a gap.
    if place <= 0 {
      let least = try connection.run("SELECT min(number) FROM messages").first?.integer(0) ?? 0
      return min(least, 0) - 1
    }
    if place >= limit {
      let greatest = try connection.run("SELECT max(number) FROM messages").first?.integer(0) ?? 0
      return max(greatest, first(limit)) + 1
    }
    let start = first(place)
    guard try isTaken(start, connection) else { return start }
    let gap = try connection.run(
      """
      SELECT number + 1 FROM messages AS taken
      WHERE number >= ? AND NOT EXISTS (SELECT 1 FROM messages WHERE number = taken.number + 1)
      ORDER BY number LIMIT 1
      """, start)
    return gap.first?.integer(0) ?? start
  }

  private static func isTaken(
    _ number: Int64, _ connection: SQLiteConnection
  ) throws(StoreError) -> Bool {
    try connection.run("SELECT 1 FROM messages WHERE number = ?", number).count > 0
  }
}
