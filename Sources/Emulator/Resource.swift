import ACSTypes
import ServiceAuth
import Services

/// The one ACS resource that the emulator has: its id and the key that signs its tokens.
struct Resource {
  let id: String
  let tokenKey: RSAKey

  /// The resource of `store`; at the first start it is made and kept.
  init(store: Store, tokenKey given: RSAKey?, random: any RandomSource) throws {
    if let id = try store.fact("resourceID"), let pem = try store.fact("tokenKey") {
      self.id = id
      tokenKey = try RSAKey(pem: Secret(pem))
      return
    }
    let key = try given ?? RSAKey.generate()
    let guid = IDSource(random: random).guid()
    try store.transaction {
      try store.keepFact("resourceID", guid)
      try store.keepFact("tokenKey", try key.pem().reveal())
    }
    id = guid
    tokenKey = key
  }
}
