import Services
import SQLiteDatabase
import ACSTypes
import ACSWire

/// A web hook that wants Event Grid events.
public struct EventSubscription: Hashable, Sendable {
  /// Names it in the administration interface.
  public let id: String
  /// Where events go.
  public let url: String
  /// True once it answered the validation; before, it gets no other event.
  public internal(set) var isValidated = false

  let validationCode: String

  init(id: String, url: String, validationCode: String) {
    self.id = id
    self.url = url
    self.validationCode = validationCode
  }

  /// How the administration interface tells it.
  var json: JSONValue {
    ["id": .string(id), "url": .string(url), "validated": .bool(isValidated)]
  }
}

/// What an address must be to be posted to.
enum WebhookURL {
  /// True for an absolute http or https address.
  static func isUsable(_ url: String) -> Bool {
    url.lowercased().hasPrefix("http") && url.utf8.count <= 2048 && HTTPAddress(url) != nil
  }
}

extension Store {
  /// The web hooks that were registered through the administration interface.
  func subscriptions() throws(StoreError) -> [(id: String, url: String)] {
    try connection.run("SELECT id, url FROM subscriptions ORDER BY rowid").map {
      ($0.text(0), $0.text(1))
    }
  }

  /// Keeps a web hook.
  func insertSubscription(id: String, url: String) throws(StoreError) {
    try connection.run("INSERT INTO subscriptions VALUES (?, ?)", id, url)
  }

  /// Forgets a web hook.
  func removeSubscription(_ id: String) throws(StoreError) {
    try connection.run("DELETE FROM subscriptions WHERE id = ?", id)
  }
}
