import ACSTypes
import Testing

@testable import confab_demo

@Suite("Bob's side of the chat")
struct BobChatTests {
  private let service = OneThread()
  private let now = Timestamp(milliseconds: 100_000)

  private func bob() -> BobChat {
    BobChat(service, name: "Bob", alice: .alice)
  }

  @Test("what was said before he came is history")
  func historyIsNotAnswered() async throws {
    service.say("an old question?", by: .alice, at: 99_000)
    var bob = bob()
    try await bob.look(now: now)
    try await bob.look(now: now + .seconds(1))
    #expect(bob.nextDue == nil)
    #expect(service.calls == [])
  }

  @Test("he reads at once, types, and answers a moment after the message came")
  func answers() async throws {
    var bob = bob()
    try await bob.look(now: now)
    service.say("Hello", by: .alice, at: 100_400)
    try await bob.look(now: now + .seconds(1))
    #expect(service.calls == ["read 100400", "typing"])
    #expect(bob.nextDue == Timestamp(milliseconds: 101_900))

    try await bob.speak(now: Timestamp(milliseconds: 101_899))
    #expect(service.calls.count == 2)
    try await bob.speak(now: Timestamp(milliseconds: 101_900))
    #expect(service.calls.last == "Bob: Hello Alice! Good to see you 👋 F1 shows every key.")
    #expect(bob.nextDue == nil)

    try await bob.look(now: now + .seconds(2))
    #expect(service.calls.count == 3)
  }

  @Test("several messages in a row get one answer, to the last")
  func oneAnswer() async throws {
    var bob = bob()
    try await bob.look(now: now)
    service.say("Hello", by: .alice, at: 100_100)
    try await bob.look(now: now + .seconds(1))
    service.say("thanks", by: .alice, at: 101_100)
    try await bob.look(now: now + .seconds(2))
    try await bob.speak(now: now + .seconds(2))
    #expect(service.calls.filter { $0.hasPrefix("Bob: ") }.count == 1)
    #expect(service.calls.last?.hasPrefix("Bob: You're welcome") == true)
  }

  @Test("he answers neither himself nor anybody but Alice")
  func onlyAlice() async throws {
    var bob = bob()
    try await bob.look(now: now)
    service.say("Hello", by: .bob, at: 100_100)
    service.say("Hello", by: .carol, at: 100_200)
    try await bob.look(now: now + .seconds(1))
    #expect(bob.nextDue == nil)
    #expect(service.calls == [])
  }

  @Test("an answer that cannot be sent is dropped, not tried for ever")
  func failureIsDropped() async throws {
    var bob = bob()
    try await bob.look(now: now)
    service.say("Hello", by: .alice, at: 100_100)
    try await bob.look(now: now + .seconds(1))
    service.refuseMessages()
    await #expect(throws: ServiceError.self) { try await bob.speak(now: now + .seconds(2)) }
    #expect(bob.nextDue == nil)
  }
}
