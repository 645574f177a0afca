public import ACSTypes
import PostgresDatabase
public import Services

extension PostgresUserStore {
  /// How long a claim holds: longer than making an identity takes.
  private static let claimSeconds = 15
  /// How long to wait for another instance: until its claim has lapsed, and a little more.
  private static let patience = Duration.seconds(claimSeconds + 5)
  /// The first and the longest pause between two looks.
  private static let pauses = Duration.milliseconds(10)...Duration.milliseconds(200)

  /// Asks to be the one who makes an identity for `name`; waits while another instance does.
  public func claim(
    _ name: CallerName, replacing old: CommunicationIdentifier?
  ) async throws(StoreError) -> NameClaim {
    var waited = Duration.zero
    var pause = PostgresUserStore.pauses.lowerBound
    while true {
      if let claim = try await claimNow(name, replacing: old) { return claim }
      guard waited < PostgresUserStore.patience else { break }
      // A cancelled caller asks no more.
      do { try await timer.wait(pause) } catch { break }
      waited += pause
      pause = min(pause * 2, PostgresUserStore.pauses.upperBound)
    }
    throw StoreError(
      .unavailable, "Another instance makes an identity for that user and does not end; try again.")
  }

  /// Gives a claim back without an identity.
  public func release(_ name: CallerName) async throws(StoreError) {
    let instance = instance
    try await pool.run { connection throws(StoreError) in
      _ = try connection.run(
        "DELETE FROM confab_claims WHERE caller_key = $1 AND instance = $2", name.key, instance)
    }
  }

  /// One try.
  ///
  /// - Returns: `nil` while another instance has the claim.
  private func claimNow(
    _ name: CallerName, replacing old: CommunicationIdentifier?
  ) async throws(StoreError) -> NameClaim? {
    let instance = instance
    return try await pool.run { connection throws(StoreError) in
      if let known = try connection.person(named: name), known.identifier != old {
        return .known(known)
      }
      let granted = try connection.run(
        """
        INSERT INTO confab_claims (caller_key, instance, lapses_on)
        VALUES ($1, $2, now() + make_interval(secs => $3))
        ON CONFLICT (caller_key) DO UPDATE
          SET instance = excluded.instance, lapses_on = excluded.lapses_on
          WHERE confab_claims.lapses_on < now() OR confab_claims.instance = excluded.instance
        RETURNING 1
        """, name.key, instance, PostgresUserStore.claimSeconds)
      guard !granted.isEmpty else { return nil }
      // Whoever had the claim before added the person before giving it up: this look sees it.
      guard let known = try connection.person(named: name), known.identifier != old else {
        return .granted
      }
      try connection.run(
        "DELETE FROM confab_claims WHERE caller_key = $1 AND instance = $2", name.key, instance)
      return .known(known)
    }
  }
}
