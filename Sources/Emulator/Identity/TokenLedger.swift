import ACSTypes
import ACSWire

/// What is known of the user access tokens issued lately, for `confab emulator tokens`; the tokens themselves are not kept.
///
/// It is used under the emulator's lock.
final class TokenLedger {
  /// So many are remembered.
  private static let capacity = 1000

  /// One token.
  struct Entry {
    let owner: String
    let scopes: [String]
    let issuedOn: Timestamp
    let expiresOn: Timestamp
    let generation: Int64
  }

  private var entries: [Entry] = []
  private var next = 0
  /// How many were issued since the start.
  private(set) var count = 0

  func add(_ entry: Entry) {
    count += 1
    guard entries.count == TokenLedger.capacity else { return entries.append(entry) }
    entries[next] = entry
    next = (next + 1) % TokenLedger.capacity
  }

  /// The newest ones, newest first.
  func newest(_ limit: Int) -> [Entry] {
    Array((entries[next...] + entries[..<next]).reversed().prefix(limit))
  }
}

extension AdminRoute {
  /// The tokens issued since the start: for whom, for what, until when, and whether they are good still.
  static let tokens = [
    AdminRoute("GET", "/tokens") { core, exchange, _ in
      let limit = try exchange.query.integer("limit", from: 1) ?? 100
      let values = try core.tokenLedger.newest(limit).map { entry -> JSONValue in
        [
          "identity": .string(entry.owner),
          "scopes": .array(entry.scopes.map { .string($0) }),
          "issuedOn": .string(entry.issuedOn.iso8601),
          "expiresOn": .string(entry.expiresOn.iso8601),
          "state": .string(try core.state(of: entry, now: exchange.now)),
        ]
      }
      return .json(
        ["value": .array(values), "issued": .integer(Int64(core.tokenLedger.count))] as JSONValue)
    }
  ]
}

extension Core {
  fileprivate func state(of entry: TokenLedger.Entry, now: Timestamp) throws -> String {
    if entry.expiresOn <= now { return "expired" }
    // People of Teams are no identities of the resource.
    guard entry.owner.hasPrefix("8:acs:") else { return "valid" }
    guard let identity = try store.identity(entry.owner) else { return "identity deleted" }
    return identity.generation == entry.generation ? "valid" : "revoked"
  }
}
