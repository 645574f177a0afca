import ACSTypes
import ACSWire
import ServiceAuth

/// The emulator's Entra tenant: who is in it, its key, and the sign-ins under way.
struct EntraTenant {
  let settings: EntraSettings
  /// Where the emulator is reached over HTTPS; stands in every token as its issuer.
  var origin = "https://127.0.0.1:7751"
  var deviceCodes = DeviceCodeTable()
  /// `nil` until the first token is asked for: making a key takes a tenth of a second.
  private(set) var key: RSAKey?

  private static let factName = "entraKey"

  private let given: RSAKey?

  /// The tenant of `store`, with the key that it holds; else `given` is taken at the first use.
  init(_ settings: EntraSettings, key given: RSAKey?, store: Store) throws {
    self.settings = settings
    self.given = given
    key = try store.fact(EntraTenant.factName).map { try RSAKey(pem: Secret($0)) }
  }

  /// Who issues the tokens.
  var issuer: String { "\(origin)/entra/\(settings.tenantID)/v2.0" }

  /// The key that signs tokens, made and kept at the first use.
  mutating func signingKey(_ store: Store) throws -> RSAKey {
    if let key { return key }
    let made = try given ?? RSAKey.generate()
    try store.keepFact(EntraTenant.factName, try made.pem().reveal())
    key = made
    return made
  }

  /// True for the tenant's id and the words that stand for any tenant.
  func isNamed(_ name: String) -> Bool {
    [settings.tenantID, "common", "organizations", "consumers"].contains(name.lowercased())
  }
}
