import Services
import SQLiteDatabase
import ACSTypes

/// An identity as kept.
struct IdentityRow {
  let id: String
  /// Raised by each revocation; tokens of an older one are refused.
  let generation: Int64
}

extension Store {
  /// The identity of that id; `nil` when there is none, or it was deleted.
  func identity(_ id: String) throws(StoreError) -> IdentityRow? {
    try connection.run(
      "SELECT id, generation FROM identities WHERE id = ? AND deleted_on IS NULL", id
    ).first.map { IdentityRow(id: $0.text(0), generation: $0.integer(1)) }
  }

  /// All identities that were not deleted.
  func identityIDs() throws(StoreError) -> [String] {
    try connection.run("SELECT id FROM identities WHERE deleted_on IS NULL").map { $0.text(0) }
  }

  /// Keeps a new identity.
  func insertIdentity(_ id: String, now: Timestamp) throws(StoreError) {
    try connection.run("INSERT INTO identities VALUES (?, ?, NULL, 0)", id, now)
  }

  /// Marks an identity as deleted; its messages and places in threads stay.
  func deleteIdentity(_ id: String, now: Timestamp) throws(StoreError) {
    try connection.run("UPDATE identities SET deleted_on = ? WHERE id = ?", now, id)
  }

  /// Makes the tokens issued so far invalid.
  func revokeTokens(of id: String) throws(StoreError) {
    try connection.run("UPDATE identities SET generation = generation + 1 WHERE id = ?", id)
  }
}
