import CSQLite
import Services

extension StoreError {
  /// What SQLite's status and words about the file at `place` mean.
  init(status: Int32, words: String, place: String, schema: SQLiteSchema) {
    let program = schema.program
    switch status & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      self.init(
        .locked, "\(place) is in use by another \(program); stop it, or \(schema.remedy).")
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      self.init(
        .damaged,
        "\(place) is no database of \(program), or damaged: \(words). It was left as it is; "
          + "move it away, or restore it.")
    default:
      self.init(
        .unusable, "\(place) cannot be used: \(words). Check the folder and the space left.")
    }
  }
}
