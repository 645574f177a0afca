import ACSTypes
import ACSWire
import Testing

@testable import ServiceAuth

struct JWTTests {
  static let key = Result { try RSAKey.generate() }
  let now = Timestamp(milliseconds: 1_795_228_197_000)
  let claims: JSONValue = ["skypeid": "acs:1_2", "exp": 1_795_228_198]

  func refusal(of token: Secret, key: RSAKey, now: Timestamp) -> JWT.Refusal? {
    do throws(JWT.Refusal) {
      _ = try JWT.verify(token, with: key, now: now)
      return nil
    } catch {
      return error
    }
  }

  @Test("a token is verified with the key that signed it")
  func roundTrip() throws {
    let key = try JWTTests.key.get()
    let token = try JWT.sign(claims, with: key)
    #expect(try JWT.verify(token, with: key, now: now) == claims)
    #expect(try TokenClaims(jwt: token).identity?.rawID == "8:acs:1_2")
    let copy = try RSAKey(pem: try key.pem())
    #expect(copy.id == key.id)
    #expect(try JWT.verify(token, with: copy, now: now) == claims)
  }

  @Test("each thing that is wrong has its reason")
  func reasons() throws {
    let key = try JWTTests.key.get()
    let token = try JWT.sign(claims, with: key)
    #expect(refusal(of: token, key: key, now: now + .seconds(1)) == .expired(.zero))
    #expect(refusal(of: token, key: key, now: now + .seconds(61)) == .expired(.seconds(60)))
    #expect(refusal(of: token, key: try RSAKey.generate(), now: now) == .signatureDiffers)
    #expect(refusal(of: Secret("a.b"), key: key, now: now) == .malformed)
    #expect(refusal(of: Secret("a.b.c"), key: key, now: now) == .malformed)

    let parts = token.reveal().split(separator: ".").map(String.init)
    let other: JSONValue = ["skypeid": "acs:1_3", "exp": 1_795_228_198]
    let forged = "\(parts[0]).\(other.bytes.base64URL).\(parts[2])"
    #expect(refusal(of: Secret(forged), key: key, now: now) == .signatureDiffers)

    let unsigned: JSONValue = ["alg": "none"]
    let none = "\(unsigned.bytes.base64URL).\(parts[1])."
    #expect(refusal(of: Secret(none), key: key, now: now) == .otherAlgorithm("none"))
    let shared: JSONValue = ["alg": "HS256"]
    let hmac = "\(shared.bytes.base64URL).\(parts[1]).\(parts[2])"
    #expect(refusal(of: Secret(hmac), key: key, now: now) == .otherAlgorithm("HS256"))

    let endless = try JWT.sign(["skypeid": "acs:1_2"], with: key)
    #expect(refusal(of: endless, key: key, now: now) == .noExpiry)
  }

  @Test("a key that is not RSA is refused, and keys do not print")
  func keys() throws {
    #expect(throws: ServiceAuthError.self) { try RSAKey(pem: try PrivateKey.p256().pem()) }
    #expect(throws: ServiceAuthError.self) { try RSAKey(pem: Secret("nonsense")) }
    let key = try JWTTests.key.get()
    #expect("\(key)" == "RSA key \(key.id)")
  }
}
