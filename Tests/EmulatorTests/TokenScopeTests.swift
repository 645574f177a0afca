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

  @Test(
    "each scope allows what it says",
    arguments: [
      (.chat, [true, true, true]), (.chatJoin, [true, true, false]),
      (.chatJoinLimited, [true, false, false]), (.voip, [false, false, false]),
    ] as [(TokenScope, [Bool])])
  func scopes(scope: TokenScope, allowed: [Bool]) throws {
    let owner = try bench.user()
    let user = try bench.user([scope])
    let other = try bench.user()
    let id = try bench.thread(owner, user)
    let permissions: [[HTTPRequest]] = [
      [
        bench.chat.threads(), bench.chat.thread(id), bench.chat.messages(in: id),
        bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: id),
        bench.chat.sendTyping(in: id, senderDisplayName: nil), bench.chat.readReceipts(in: id),
        bench.chat.participants(of: id),
      ],
      [
        bench.chat.addParticipants([ChatParticipant(identifier: other.id)], to: id),
        bench.chat.removeParticipant(other.id, from: id),
      ],
      [
        bench.chat.createThread(topic: "x", participants: [], requestID: "x"),
        bench.chat.updateTopic(of: id, to: "x"), bench.chat.deleteThread(id),
      ],
    ]
    for (requests, isAllowed) in zip(permissions, allowed) {
      for request in requests {
        let response = bench.send(request, as: user)
        guard !isAllowed else {
          #expect(response.isSuccess, "\(request.method) \(request.target): \(response.text)")
          continue
        }
        expectChatError(
          response, 403, "Forbidden",
          "The initiator doesn't have the permission to perform the requested operation.")
        #expect(response.headers["X-Confab-Why"]?.contains(scope.rawValue) == true)
      }
    }
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
