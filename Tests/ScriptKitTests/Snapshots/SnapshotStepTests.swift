import ScriptKit
import Testing

@Suite("The verb snapshot")
struct SnapshotStepTests {
  private static let lines = """
    as Alice
      open "Harbour"
      snapshot "First look!" except clock, header
    """
  private static let file = "t.snapshots/s.first-look.screen"

  @Test("fails without a snapshot, and writes none")
  func missing() throws {
    let files = Played.Files()
    let failure = try Played(SnapshotStepTests.lines, files: files).failure
    #expect(
      failure?.message
        == "there is no snapshot \(SnapshotStepTests.file) yet; 'confab script run --update' writes this screen there"
    )
    #expect(files.names == [])
  }

  @Test("writes it, and a picture, where that is asked for, and passes from then on")
  func written() throws {
    let files = Played.Files()
    let first = try Played(SnapshotStepTests.lines, files: files, updates: true)
    #expect(first.failure == nil)
    #expect(first.results.first?.notes == ["wrote \(SnapshotStepTests.file)"])
    #expect(files.names == [SnapshotStepTests.file, "t.snapshots/s.first-look.svg"])
    let second = try Played(SnapshotStepTests.lines, files: files)
    #expect(second.failure == nil)
    #expect(second.results.first?.notes == [])
    // A snapshot that fits is not written again.
    #expect(try Played(SnapshotStepTests.lines, files: files, updates: true).results[0].notes == [])
  }

  @Test("fails with the rows that differ, and leaves the file as it is")
  func different() throws {
    let files = Played.Files()
    _ = try Played(SnapshotStepTests.lines, files: files, updates: true)
    let text = try #require(files.text(SnapshotStepTests.file))
    let other = text.replacing("Harbour", with: "Seaside")
    files.write(SnapshotStepTests.file, Array(other.utf8))
    let failure = try #require(try Played(SnapshotStepTests.lines, files: files).failure)
    #expect(failure.place.description == "t.confab:7:5")
    #expect(failure.message.hasPrefix("the screen is not that of \(SnapshotStepTests.file); "))
    #expect(failure.message.contains("\n- |") && failure.message.contains("\n+ |"))
    #expect(files.text(SnapshotStepTests.file) == other)
    _ = try Played(SnapshotStepTests.lines, files: files, updates: true)
    #expect(files.text(SnapshotStepTests.file) == text)
  }

  @Test("leaves out what is named", arguments: SnapshotMask.allCases)
  func masks(mask: SnapshotMask) throws {
    let files = Played.Files()
    let lines = "as Alice\n  open \"Harbour\"\n  snapshot \"a\" except \(mask.rawValue)"
    #expect(try Played(lines, files: files, updates: true).failure == nil)
    let text = try #require(files.text("t.snapshots/s.a.screen"))
    // Where nothing is wrong there are no lines about trouble.
    #expect(text.contains("░") == (mask != .banner), "\(text)")
    #expect(!mask.meaning.isEmpty)
  }

  @Test("keeps what tells of time out by 'except clock', whenever it is taken")
  func clock() throws {
    let files = Played.Files()
    let take = "as Alice\n  snapshot \"a\" except clock"
    let later = Played.headings + "clock 2026-03-04T17:21:09Z\n"
    #expect(try Played(take, files: files, updates: true).failure == nil)
    #expect(try Played(take, headings: later, files: files).failure == nil)
    #expect(try Played("as Alice\n  snapshot \"a\"", headings: later, files: files).failure != nil)
  }
}
