import SQLiteDatabase
import Services

extension Store {
  /// Facts that stay when everything is forgotten, so that connection strings and certificates stay good.
  private static let lastingFacts =
    ["resourceID", "tokenKey", "entraKey"] + AccessKeyName.allCases.map(\.fact)

  /// Copies everything into a new file, which is on the disk then.
  func copy(to path: String) throws(StoreError) {
    try commitBatch()
    try connection.copy(to: path)
  }

  /// Has what `other` has, and nothing else.
  func replace(by other: Store) throws(StoreError) {
    try commitBatch()
    try connection.replace(by: other.connection)
    nextExpiry = nil
    try log?.sync()
  }

  /// Forgets everything but whose resource it is.
  func forget() throws(StoreError) {
    let empty = try Store(path: nil)
    for name in Store.lastingFacts {
      if let value = try fact(name) { try empty.keepFact(name, value) }
    }
    try replace(by: empty)
  }
}
