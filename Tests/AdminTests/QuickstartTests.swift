import ACSTypes
import ACSWire
import ArgumentTable
import TestKit
import Testing

@testable import confab_admin

@Suite("Quickstart")
struct QuickstartTests {
  private let title = "Azure Communication Services - Access Tokens Quickstart"

  private func issued(_ scope: String, _ token: String = "<redacted>") -> String {
    "\nIssued a access token with '\(scope)' scope for identity with ID: \(Bench.alice):\n\(token)"
  }

  private let deleted = [
    "\nSuccessfully deleted the identity with ID: \(Bench.alice)",
    "\nDeleted the identity with ID: \(Bench.alice)",
  ]

  private func quickstart(
    _ bench: Bench, _ lines: Lines, _ interruption: Interruption = Interruption(),
    showsTokens: Bool = false
  ) -> Quickstart {
    Quickstart(
      resource: bench.resource, interruption: interruption, timer: ManualTimer(bench.clock),
      showsTokens: showsTokens, say: { lines.append($0) })
  }

  @Test("the tour has one identity throughout and leaves nothing behind", arguments: [false, true])
  func tour(showsTokens: Bool) async throws {
    let bench = try Bench([.create(), .issue(), .issue(), .delete(), .revoke(status: 401)])
    let lines = Lines()
    let record = try await quickstart(bench, lines, showsTokens: showsTokens).run()
    let token = showsTokens ? "a.b.c" : "<redacted>"
    #expect(lines.all == [title, issued("voip", token), issued("chat", token)] + deleted)
    #expect(
      bench.exchange.requests[1...2].map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"scopes":["voip"]}"#, #"{"scopes":["chat"]}"#,
      ])
    #expect(bench.isPlayed)
    #expect(try bench.journal.remaining() == [])
    let token1 = #"{"scope":"voip","expiresOn":"2026-11-22T02:29:57Z"}"#
    let token2 = #"{"scope":"chat","expiresOn":"2026-11-22T02:29:57Z"}"#
    #expect(
      record.json(showingTokens: false).text
        == #"{"identity":"\#(Bench.alice)","tokens":[\#(token1),\#(token2)],"deleted":true}"#)
  }

  @Test("the identity is deleted when a token is refused or does not come")
  func failingStep() async throws {
    for fault in [ScriptedExchange.Line.issue(status: 503), .issueFails()] {
      let bench = try Bench([.create(), .issue(), fault, .delete(), .revoke(status: 401)])
      let lines = Lines()
      let error = await #expect(throws: ServiceError.self) {
        try await quickstart(bench, lines).run()
      }
      #expect([.serviceFailed, .timedOut].contains(error?.code))
      #expect(lines.all == [title, issued("voip")] + deleted)
      #expect(bench.isPlayed)
      #expect(try bench.journal.remaining() == [])
    }
  }

  @Test("a signal while a token is awaited stops the wait, and the identity is deleted")
  func interrupted() async throws {
    let gate = Gate()
    let bench = try Bench([.create(), .issueHangs(at: gate), .delete(), .revoke(status: 401)])
    let lines = Lines()
    let interruption = Interruption()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        await #expect(throws: Interruption.Stopped.self) {
          try await quickstart(bench, lines, interruption).run()
        }
      }
      await gate.reached()
      interruption.raise(2)
      gate.open()
      try await group.waitForAll()
    }
    #expect(interruption.signal == 2)
    #expect(lines.all == [title] + deleted)
    #expect(bench.isPlayed)
    #expect(try bench.journal.remaining() == [])
  }

  @Test("a signal before the beginning makes no identity")
  func interruptedAtOnce() async throws {
    let bench = try Bench([])
    let interruption = Interruption()
    interruption.raise(15)
    await #expect(throws: Interruption.Stopped.self) {
      try await quickstart(bench, Lines(), interruption).run()
    }
    #expect(bench.isPlayed)
  }

  @Test("an identity that cannot be deleted is left to cleanup, and said to be")
  func undeletable() async throws {
    let bench = try Bench([
      .create(), .issueFails(), .deleteFails(), .deleteFails(), .deleteFails(),
    ])
    let error = await #expect(throws: CommandError.self) {
      try await quickstart(bench, Lines()).run()
    }
    #expect(error?.exitCode == .unavailable)
    #expect(error?.message.contains("No answer came.") == true)
    #expect(error?.message.contains("Nothing answers.") == true)
    #expect(error?.message.contains("\(Bench.alice) may still be there") == true)
    #expect(bench.isPlayed)
    #expect(try bench.journal.remaining().map(\.id) == [Bench.alice])
  }

  @Test(
    "a deletion is tried again after passing trouble, as late as the service asks for",
    arguments: [
      ([.deleteFails(), .delete()], 1), ([.deleteFails(), .deleteFails(), .delete()], 3),
      ([.deleteBusy(retryAfter: "7"), .delete()], 7),
      ([.deleteBusy(retryAfter: "3600"), .delete()], 10),
      // The first one was done, and its answer got lost.
      ([.deleteFails(), .delete(status: 401)], 1),
    ] as [([ScriptedExchange.Line], Int)])
  func deletionInTrouble(deletions: [ScriptedExchange.Line], seconds: Int) async throws {
    let bench = try Bench(
      [.create(), .issue(), .issue()] + deletions + [.revoke(status: 401)])
    let lines = Lines()
    let start = bench.clock.now
    _ = try await quickstart(bench, lines).run()
    #expect(bench.clock.now - start == .seconds(seconds))
    #expect(Array(lines.all.suffix(2)) == deleted)
    #expect(bench.isPlayed)
    #expect(try bench.journal.remaining() == [])
  }

  @Test("a deletion that is refused is not tried again")
  func refusedDeletion() async throws {
    let bench = try Bench([.create(), .issue(), .issue(), .delete(status: 401)])
    let error = await #expect(throws: CommandError.self) {
      try await quickstart(bench, Lines()).run()
    }
    #expect(error?.exitCode == .notPermitted)
    #expect(error?.message.contains("[401 IdentityNotOwned] \(Bench.alice) may still be") == true)
    #expect(bench.isPlayed)
    #expect(try bench.journal.remaining().map(\.id) == [Bench.alice])
  }

  @Test("a service that only says that it deleted is found out")
  func notReallyDeleted() async throws {
    let bench = try Bench([.create(), .issue(), .issue(), .delete(), .revoke(status: 204)])
    let lines = Lines()
    let error = await #expect(throws: CommandError.self) {
      try await quickstart(bench, lines).run()
    }
    #expect(error?.message.contains("still knows it") == true)
    #expect(lines.all.last == deleted[0])
    #expect(try bench.journal.remaining().map(\.id) == [Bench.alice])
  }

  @Test("nothing is made where nothing can be remembered")
  func noJournal() async throws {
    let folder = try Folder()
    let bench = try Bench([])
    let resource = Resource(
      endpoint: Bench.endpoint, authoriser: bench.authoriser, exchange: bench.exchange,
      journal: IdentityJournal(path: "/proc/confab/identities.jsonl"), clock: bench.clock,
      random: SeededRandom(seed: 1))
    let error = await #expect(throws: CommandError.self) {
      try await resource.createIdentity(for: "test")
    }
    #expect(error?.exitCode == .configuration)
    #expect(bench.isPlayed)
    _ = folder
  }
}
