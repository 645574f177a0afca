import ACSTypes
import ACSWire
import Testing

@testable import ServiceAuth

struct JWKTests {
  @Test("a published key proves what the private one signed")
  func published() throws {
    let key = try JWTTests.key.get()
    #expect(key.publicKey["kty"]?.string == "RSA")
    #expect(key.publicKey["kid"]?.string == key.id)
    #expect(key.publicKey["e"]?.string == "AQAB")
    // Nothing of the private half: these are all the members.
    #expect(key.publicKey.object?.members.map(\.name) == ["kty", "use", "alg", "kid", "n", "e"])
    let set = try JSONWebKeySet(["keys": [key.publicKey]])
    let token = try SignedToken(try JWT.sign(["sub": "a"], with: key))
    let published = try #require(set.key(token.keyID))
    #expect(try token.claims(provedBy: published)["sub"]?.string == "a")
    let other = try SignedToken(try JWT.sign(["sub": "a"], with: try RSAKey.generate()))
    #expect(throws: JWT.Refusal.signatureDiffers) { try other.claims(provedBy: published) }
  }

  @Test("a token's claims can be read without its key, when it is one")
  func unverified() throws {
    let token = try JWT.sign(["sub": "a"], with: try JWTTests.key.get())
    #expect(JWT.unverifiedClaims(token)?["sub"]?.string == "a")
    for text in ["", "a.b", "a.b.c", "e30.e30", "e30.W10.", "e30.e30.*"] {
      #expect(JWT.unverifiedClaims(Secret(text)) == nil, "\(text)")
    }
  }
}
