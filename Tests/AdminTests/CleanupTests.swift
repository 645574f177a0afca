import ACSTypes
import ACSWire
import ArgumentTable
import TestKit
import Testing

@testable import confab_admin

@Suite("Cleanup and batches")
struct CleanupTests {
  private func output(_ lines: Lines, isJSON: Bool = false) -> Output {
    Output(isJSON: isJSON, isQuiet: false) { stream, line in
      lines.append("\(stream == .output ? "" : "! ")\(line)")
    }
  }

  private func made(_ id: String, at endpoint: String = Bench.endpoint) -> MadeIdentity {
    MadeIdentity(id: id, endpoint: endpoint, madeOn: .epoch, purpose: "quickstart")
  }

  @Test("only the resource's own identities are deleted; one that is gone is as good as deleted")
  func cleanup() async throws {
    let bench = try Bench([.delete("8:acs:1"), .delete("8:acs:2", status: 401)])
    for identity in [made("8:acs:1"), made("8:acs:2"), made("8:acs:3", at: "https://else")] {
      try bench.journal.append(.made(identity))
    }
    let cleanup = Cleanup(try bench.journal.remaining(), of: bench.resource)
    let lines = Lines()
    let report = try await cleanup.run(bench.resource)
    #expect(report.print(to: output(lines)) == .done)
    cleanup.mentionOthers(to: output(lines))
    #expect(
      lines.all == [
        "deleted 8:acs:1", "was gone already 8:acs:2",
        "! confab: left alone, for its credential is another: 1 identity of https://else",
      ])
    #expect(
      report.json.text
        == #"{"deleted":["8:acs:1"],"goneAlready":["8:acs:2"],"failed":[],"notTried":[]}"#)
    #expect(bench.isPlayed)
    #expect(try bench.journal.remaining().map(\.id) == ["8:acs:3"])
  }

  @Test("a failure that meets all ends the batch, and what was not tried is named")
  func unreachable() async throws {
    let bench = try Bench([.delete("8:acs:1"), .deleteFails("8:acs:2")])
    for id in ["8:acs:1", "8:acs:2", "8:acs:3"] { try bench.journal.append(.made(made(id))) }
    let lines = Lines()
    let report = try await Cleanup(try bench.journal.remaining(), of: bench.resource)
      .run(bench.resource)
    #expect(report.print(to: output(lines)) == .unavailable)
    #expect(
      lines.all == [
        "deleted 8:acs:1",
        "! confab: 8:acs:2 was not deleted. Failed deleting the identity: Nothing answers.",
        "! confab: not tried after that: 8:acs:3",
      ])
    #expect(bench.isPlayed)
    #expect(try bench.journal.remaining().map(\.id) == ["8:acs:2", "8:acs:3"])
  }

  @Test("a foreign identity keeps nobody else's from being deleted")
  func foreign() async throws {
    let bench = try Bench([.delete("8:acs:1", status: 401), .delete("8:acs:2")])
    let lines = Lines()
    let identities = ["8:acs:1", "8:acs:2"].map { CommunicationIdentifier(rawID: $0) }
    let batch = try await IdentityBatch.run(identities) { try await bench.resource.delete($0) }
    #expect(batch.report("deleted", to: output(lines, isJSON: true)) == .notPermitted)
    #expect(
      lines.all.first
        == #"{"deleted":["8:acs:2"],"failed":[{"id":"8:acs:1","#
        + #""message":"Failed deleting the identity: Provided identity doesn't belong. "#
        + #"[401 IdentityNotOwned]","status":401,"code":"IdentityNotOwned"}],"notTried":[]}"#)
    #expect(lines.all.count == 2)
    #expect(bench.isPlayed)
  }
}
