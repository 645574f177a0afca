import CPostgres
import Services

extension StoreError {
  /// What a refused statement means, by its SQLSTATE.
  init(_ result: OpaquePointer, place: String) {
    let state = cpostgres_state(result).map { String(cString: $0) } ?? ""
    let words = String(cString: cpostgres_message(result))
    switch state {
    // Shutting down, out of resources, taking too long, and what two at once may bring about.
    case let state where ["08", "53", "57", "40"].contains(state.prefix(2)):
      self.init(.unavailable, "\(place) cannot do it now: \(words).")
    case "42501":
      self.init(
        .notPermitted, "\(place) does not allow it: \(words). Grant the user its tables' use.")
    default:
      self.init(.unusable, "\(place) cannot be used: \(words) (\(state)).")
    }
  }

  /// Why no connection came about.
  init(connecting connection: OpaquePointer, place: String) {
    let words = String(cString: cpostgres_words(connection))
      .split(whereSeparator: \.isNewline).map { $0.drop { $0.isWhitespace } }
      .joined(separator: "; ")
    func says(_ texts: String...) -> Bool { texts.contains { words.contains($0) } }
    if cpostgres_needs_password(connection) {
      self.init(
        .notPermitted,
        "\(place) asks for a password. Give it in CONFAB_STORE, in the file of --store-file, in "
          + "PGPASSWORD or in ~/.pgpass.")
    } else if says("starting up", "shutting down", "recovery", "too many", "remaining connection") {
      self.init(.unavailable, "\(place) does not take connections now: \(words)")
    } else if says("authentication failed", "pg_hba.conf", "role ", "permission denied") {
      self.init(
        .notPermitted, "\(place) does not let this user in: \(words). Check user and password.")
    } else if says("does not exist") {
      self.init(.unusable, "\(place) is not there: \(words). Make it with createdb.")
    } else if says("certificate", "SSL", "root.crt") {
      self.init(.unusable, "\(place) cannot be trusted: \(words). See sslmode and sslrootcert.")
    } else {
      self.init(
        .unavailable,
        "\(place) cannot be reached: \(words). Is it running, and is that its address?")
    }
  }
}
