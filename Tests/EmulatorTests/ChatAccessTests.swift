import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("Who may do what in Chat")
struct ChatAccessTests {
  static let words =
    "The initiator doesn't have the permission to perform the requested operation."

  let bench: Bench
  let alice, bob, carol: User
  let thread: ChatThreadID
  let message: ChatMessageID

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
    carol = try bench.user()
    thread = try bench.thread(alice, bob)
    message = try bench.say("Ahoy", as: alice, in: thread)
  }

  /// A token of somebody with one scope.
  func token(_ user: User, _ scope: TokenScope) throws -> User {
    let issued = bench.signed(
      IdentityRequests(endpoint: Bench.origin).issueToken(for: user.id, scopes: [scope]))
    return User(id: user.id, token: try AccessTokenModel(bytes: issued.body).token)
  }

  @Test(
    "each operation takes the scopes that it says, and no other",
    arguments: ChatOperation.allCases,
    [TokenScope.chat, .chatJoin, .chatJoinLimited, .voip, .voipJoin])
  func scopes(operation: ChatOperation, scope: TokenScope) throws {
    let request = operation.request(bench, in: thread, message: message, person: carol)
    let response = bench.send(request, as: try token(alice, scope))
    guard !operation.scopes.contains(scope) else {
      #expect(response.status == operation.success, "\(response.text)")
      return
    }
    expectChatError(response, 403, "Forbidden", ChatAccessTests.words)
    #expect(response.headers["X-Confab-Why"]?.contains(scope.rawValue) == true)
  }

  @Test("who was removed may do nothing in the thread any more", arguments: ChatOperation.ofThread)
  func removed(operation: ChatOperation) throws {
    #expect(
      bench.send(bench.chat.removeParticipant(alice.id, from: thread), as: bob).status == 204)
    let request = operation.request(bench, in: thread, message: message, person: carol)
    expectChatError(bench.send(request, as: alice), 403, "Forbidden", ChatAccessTests.words)
  }

  @Test("nobody but participants may do anything in a thread", arguments: ChatOperation.ofThread)
  func strangers(operation: ChatOperation) {
    let request = operation.request(bench, in: thread, message: message, person: carol)
    expectChatError(bench.send(request, as: carol), 403, "Forbidden", ChatAccessTests.words)
  }

  @Test("a deleted thread is there for nobody", arguments: ChatOperation.ofThread)
  func deleted(operation: ChatOperation) {
    #expect(bench.send(bench.chat.deleteThread(thread), as: bob).status == 204)
    let request = operation.request(bench, in: thread, message: message, person: carol)
    let response = bench.send(request, as: alice)
    guard operation != .deleteThread else {
      // A former participant may delete it again.
      #expect(response.status == 204)
      return
    }
    expectChatError(response, 404, "NotFound", "The specified thread id was not found.")
  }

  @Test("who was removed and comes back finds the thread and their messages as they are")
  func back() throws {
    bench.send(bench.chat.removeParticipant(alice.id, from: thread), as: bob)
    #expect(try bench.page(bench.chat.threads(), as: alice, of: ChatThreadItem.self).value.isEmpty)
    bench.send(
      bench.chat.addParticipants([ChatParticipant(identifier: alice.id)], to: thread), as: bob)
    #expect(
      try bench.page(bench.chat.threads(), as: alice, of: ChatThreadItem.self).value.count == 1)
    let edit = bench.chat.updateMessage(message, in: thread, content: "Back")
    #expect(bench.send(edit, as: alice).status == 204)
    let types = try bench.page(
      bench.chat.messages(in: thread), as: alice, of: ChatMessageModel.self
    ).value.map(\.type)
    #expect(
      types == [
        "participantAdded", "participantRemoved", "text", "topicUpdated", "participantAdded",
      ]
    )
  }
}
