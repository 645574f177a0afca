import CSQLite
public import Services

extension SQLiteConnection {
  /// Copies the whole database into a new file, which is on the disk when this returns.
  ///
  /// - Parameter path: Where no file is yet.
  /// - Throws: `StoreError`; what there is of the file then is good for nothing.
  public func copy(to path: String) throws(StoreError) {
    var handle: OpaquePointer?
    let status = sqlite3_open_v2(
      path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
    defer { sqlite3_close_v2(handle) }
    guard status == SQLITE_OK, let handle else {
      throw StoreError(.unusable, "\(path) cannot be made. Check the folder and the space left.")
    }
    try SQLiteConnection.copy(from: database, to: handle, at: path)
  }

  /// Puts the content of `other` in place of all there is, whole or not at all.
  public func replace(by other: SQLiteConnection) throws(StoreError) {
    try SQLiteConnection.copy(from: other.database, to: database, at: place)
  }

  private static func copy(
    from source: OpaquePointer, to target: OpaquePointer, at place: String
  ) throws(StoreError) {
    guard let backup = sqlite3_backup_init(target, "main", source, "main") else {
      throw StoreError(.unusable, "\(place): \(String(cString: sqlite3_errmsg(target)))")
    }
    sqlite3_backup_step(backup, -1)
    // Tells what went wrong in the step, too.
    guard sqlite3_backup_finish(backup) == SQLITE_OK else {
      throw StoreError(.unusable, "\(place): \(String(cString: sqlite3_errmsg(target)))")
    }
  }
}
