import CSQLite

/// Why the emulator's store cannot be used.
public struct StoreError: Error, Hashable, Sendable {
  /// The broad kinds that a caller may act on.
  public enum Code: Hashable, Sendable {
    /// Another process has the store open.
    case locked
    /// The file cannot be opened, read or written.
    case unusable
    /// The file is no store of the emulator, or its bytes are damaged.
    case damaged
    /// A newer emulator wrote the file.
    case newer
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed and what to do, for people.
  public var message: String

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// What SQLite's status and words mean.
  init(status: Int32, words: String, path: String?) {
    let place = path ?? "The emulator's store"
    switch status & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      self.init(
        .locked,
        "\(place) is in use by another emulator; stop it, or give another --data folder.")
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      self.init(
        .damaged,
        "\(place) is no store of the emulator, or damaged: \(words). It was left as it is; "
          + "move it away, or restore it.")
    default:
      self.init(
        .unusable, "\(place) cannot be used: \(words). Check the folder and the space left.")
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
