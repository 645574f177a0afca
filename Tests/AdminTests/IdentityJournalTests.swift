import ACSTypes
import ArgumentTable
import FoundationEssentials
import Glibc
import TestKit
import Testing

@testable import confab_admin

@Suite("The journal of identities")
struct IdentityJournalTests {
  private let now = Timestamp(milliseconds: 1_795_228_197_000)

  private func made(_ id: String, at endpoint: String = "https://a") -> MadeIdentity {
    MadeIdentity(id: id, endpoint: endpoint, madeOn: now, purpose: "test")
  }

  private func journal() throws -> (Folder, IdentityJournal) {
    let folder = try Folder()
    return (folder, IdentityJournal(path: "\(folder.path)/new/confab/identities.jsonl"))
  }

  private func text(_ journal: IdentityJournal) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: journal.path)), as: UTF8.self)
  }

  private func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  @Test("what was made and is not gone remains, by endpoint, in order")
  func remaining() throws {
    let (folder, journal) = try journal()
    #expect(try journal.remaining() == [])
    for identity in [made("1"), made("2"), made("2", at: "https://b"), made("3")] {
      try journal.append(.made(identity))
    }
    try journal.append(.gone("2", endpoint: "https://a", on: now))
    #expect(try journal.remaining() == [made("1"), made("2", at: "https://b"), made("3")])
    #expect(
      try text(journal).split(separator: "\n").first
        == #"{"made":"2026-11-21T02:29:57Z","endpoint":"https://a","id":"1","by":"test"}"#)
    try journal.tidy()
    #expect(try text(journal).split(separator: "\n").count == 3)
    #expect(try journal.remaining() == [made("1"), made("2", at: "https://b"), made("3")])
    _ = folder
  }

  @Test("a line that was cut off spoils no other")
  func torn() throws {
    let (folder, journal) = try journal()
    try journal.append(.made(made("1")))
    let half = try text(journal) + #"{"made":"2026-11-21T02:29:57Z","endp"#
    try Data(half.utf8).write(to: URL(filePath: journal.path))
    try journal.append(.made(made("2")))
    #expect(try journal.remaining() == [made("1"), made("2")])
    _ = folder
  }

  @Test("the file and its folders are their owner's alone")
  func modes() throws {
    let (folder, journal) = try journal()
    try journal.append(.made(made("1")))
    try journal.tidy()
    for path in [journal.path, "\(journal.path).lock"] {
      #expect(mode(path) == 0o600, "\(path)")
    }
    #expect(mode("\(folder.path)/new/confab") == 0o700)
  }

  @Test("a new identity that cannot be noted is deleted at once")
  func unnoted() async throws {
    // The journal is fine when asked, and gone when the answer is there.
    let bench = try Bench([.create(), .delete()])
    let spoiler = SpoilingExchange(bench)
    let resource = Resource(
      endpoint: Bench.endpoint, authoriser: bench.authoriser, exchange: spoiler,
      journal: bench.journal, clock: bench.clock, random: SeededRandom(seed: 1))
    await #expect(throws: CommandError.self) { try await resource.createIdentity(for: "test") }
    #expect(bench.isPlayed)
  }

  @Test("a new identity that can be neither noted nor deleted is named")
  func unnotedAndUndeleted() async throws {
    let bench = try Bench([.create(), .deleteFails()])
    let resource = Resource(
      endpoint: Bench.endpoint, authoriser: bench.authoriser, exchange: SpoilingExchange(bench),
      journal: bench.journal, clock: bench.clock, random: SeededRandom(seed: 1))
    let error = await #expect(throws: CommandError.self) {
      try await resource.createIdentity(for: "test")
    }
    #expect(error?.exitCode == .configuration)
    #expect(
      error?.message.hasSuffix(
        "\(Bench.alice) was made and cannot be deleted: Failed deleting the identity: Nothing answers."
      ) == true)
    #expect(bench.isPlayed)
  }
}
