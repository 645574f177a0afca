import ACSTypes
import LocalStore

/// Fills the history of whoever uses a configuration, as if they had been signed in, so that a client paints from it.
///
/// The pinned thread, which a client shows first, has a screenful of messages however many the others have.
func fillAccount(_ account: AccountHistory, _ size: HistorySize) async throws {
  _ = try await account.open(for: person(size.threads))
  try await fill(account, size)
  let start: Int64 = 1_790_000_000_000
  var made = MadeUpText(seed: 3)
  try await account.save([
    .messages(
      pinnedThread, (0..<60).map { message(start + $0 * 60_000, made.sentence(), by: Int($0) % 5) })
  ])
}
