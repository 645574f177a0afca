import CSQLite

/// Why the user store cannot be used.
public struct StoreError: Error, Hashable, Sendable {
  /// The broad kinds that a caller may act on.
  public enum Code: Hashable, Sendable {
    /// Another process has the store open.
    case locked
    /// The file cannot be opened or written.
    case unusable
    /// The file is no store of this service.
    case damaged
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed and what to do, for people.
  public var message: String {
    let place = path ?? "the user store"
    return switch code {
    case .locked:
      "\(place) is in use by another confab serve; stop it, or give another --data folder."
    case .unusable: "\(place) cannot be used: \(words). Check the folder and the space left."
    case .damaged: "\(place) is not a user store: \(words). Move it away, or restore it."
    }
  }

  /// The file; `nil` in memory and once it is open.
  var path: String?
  private let words: String

  /// What SQLite's status and words mean.
  init(status: Int32, words: String, path: String?) {
    code =
      switch status & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .locked
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR: .damaged
      default: .unusable
      }
    self.words = words
    self.path = path
  }
}
