import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct TokenScopeTests {
  let bench: Bench

  init() throws {
    bench = try Bench()
  }

  @Test("a token that is missing, another's, changed or expired is refused with the reason")
  func refused() throws {
    let user = try bench.user()
    func why(_ authorization: String?) -> String {
      var request = bench.chat.threads()
      request.headers["Authorization"] = authorization
      let response = bench.send(request)
      expectChatError(
        response, 401, "Unauthorized", "The user access token is not accepted.")
      return response.headers["X-Confab-Why"] ?? ""
    }
    let token = user.token.reveal()
    #expect(why(nil).contains("is missing"))
    #expect(why("HMAC-SHA256 x").contains("not the access key"))
    #expect(why("Bearer nonsense") == "The token is no JSON Web Token.")
    #expect(why("Bearer \(token.dropLast(8))AAAAAAAA").contains("signature"))
    let other = try JWT.sign(
      ["skypeid": "acs:1_2", "exp": 4_000_000_000], with: try RSAKey.generate())
    #expect(why("Bearer \(other.reveal())").contains("another service issued it"))
    let stranger = try JWT.sign(
      ["skypeid": "acs:1_2", "exp": 4_000_000_000, "acsScope": "chat", "gen": 0],
      with: try Bench.tokenKey.get())
    #expect(why("Bearer \(stranger.reveal())").contains("8:acs:1_2, which was deleted"))
    bench.clock.advance(by: .seconds(1440 * 60 - 1))
    #expect(bench.send(bench.chat.threads(), as: user).status == 200)
    bench.clock.advance(by: .seconds(31))
    #expect(why("Bearer \(token)") == "The token expired 30 seconds ago. Fetch a new one.")
  }
}
