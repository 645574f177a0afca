public import ACSTypes
public import Services
import Synchronization

/// What the service does beside requests: it ends erasures that ACS did not answer, and forgets tokens that ended long
/// ago.
public final class Housekeeping: Sendable {
  /// The time between two rounds.
  static let pause = Duration.seconds(300)
  /// For how long an ended token is on record: 90 days.
  public static let retention = Duration.seconds(90 * 86_400)
  /// How many are forgotten at once, so that nobody waits for the store.
  private static let portion = 500

  private let accounts: UserAccounts
  private let users: any UserStore
  private let clock: any WallClock
  private let next: Mutex<Timestamp>

  init(accounts: UserAccounts, users: any UserStore, clock: any WallClock) {
    self.accounts = accounts
    self.users = users
    self.clock = clock
    next = Mutex(clock.now)
  }

  /// When ``run()`` has something to do next; at once at first.
  public var nextDeadline: Timestamp? { next.withLock { $0 } }

  /// One round.
  ///
  /// - Throws: `StoreError`; the next round tries again.
  public func run() async throws(StoreError) {
    let now = clock.now
    next.withLock { $0 = now + Housekeeping.pause }
    _ = try await accounts.finishErasures()
    let end = now - Housekeeping.retention
    while try await users.forgetTokens(expiredBefore: end, limit: Housekeeping.portion)
      == Housekeeping.portion
    {}
  }
}
