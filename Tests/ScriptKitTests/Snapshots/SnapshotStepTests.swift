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

  @Test("keeps out by 'except clock' which messages are of one minute")
  func minutes() throws {
    let files = Played.Files()
    let take = """
      as Bob
        send "one\\ntwo" to "Harbour"
      advance 20s
      as Bob
        send "three" to "Harbour"
      as Alice
        open "Harbour"
        snapshot "a" except clock
      """
    let headings = { (seconds: String) in Played.headings + "clock 2026-03-04T17:21:\(seconds)Z\n" }
    #expect(try Played(take, headings: headings("00"), files: files, updates: true).failure == nil)
    let failure = try Played(take, headings: headings("45"), files: files).failure
    #expect(failure == nil, "\(failure?.message ?? "")")
    let text = try #require(files.text("t.snapshots/s.a.screen"))
    for (word, isMasked) in [("one", true), ("two", false), ("three", true)] {
      let row = try #require(text.split(separator: "\n").first { $0.contains(word) })
      #expect(row.contains("░░░░░") == isMasked, "\(row)")
    }
  }

  @Test("that cannot be written is told")
  func unwritable() throws {
    let played = try Played(SnapshotStepTests.lines, updates: true) { player in
      player.options.write = { _, _ in false }
    }
    #expect(played.failure?.message == "\(SnapshotStepTests.file) cannot be written")
    #expect(played.results.first?.isUnwritten == true)
    let missing = try Played(SnapshotStepTests.lines)
    #expect(missing.failure != nil && missing.results.first?.isUnwritten == false)
  }

  /// Opens panes, by name.
  private static let keys = [
    "token flow": "press Ctrl-T", "identity": "press F2", "people": "press Alt-W",
    "search": "search \"needle\"", "keys": "press F1",
  ]

  @Test(
    "keeps times and ids out of panes, too, and nothing else",
    arguments: ["token flow", "identity", "people", "search", "keys"])
  func inPanes(name: String) throws {
    let files = Played.Files()
    let opens = try #require(SnapshotStepTests.keys[name])
    let take = """
      as Bob
        send "needle, see 10:30 and 12 s" to "Harbour"
      as Alice
        open "Harbour"
        \(opens)
        snapshot "a" except clock, ids
      """
    let size = "screen 100x30\nusers Alice, Bob\nthread \"Harbour\" with Alice, Bob\n"
    // Another seed may bring the steps of the token flow in another order.
    let other = size + "clock 2031-01-04T17:21:09Z\n" + (name == "token flow" ? "" : "seed 77\n")
    #expect(try Played(take, headings: size, files: files, updates: true).failure == nil)
    let failure = try Played(take, headings: other, files: files).failure
    #expect(failure == nil, "\(failure?.message ?? "")")
    let text = try #require(files.text("t.snapshots/s.a.screen"))
    if name == "search" { #expect(text.contains("needle, see 10:30 and 12 s")) }
    if name == "token flow" { #expect(text.contains("http://127.0.0.1:77")) }
  }

  @Test("a part of the main screen is what is to be seen of it beside a pane")
  func paneOverParts() throws {
    let files = Played.Files()
    let headings = "screen 100x30\nusers Alice, Bob\nthread \"Harbour\" with Alice, Bob\n"
    let lines = """
      as Alice
        open "Harbour"
        press F2
        snapshot "all"
        snapshot "parts" except messages, threads, composer, title, typing
      """
    #expect(try Played(lines, headings: headings, files: files, updates: true).failure == nil)
    let all = try #require(files.text("t.snapshots/s.all.screen")).split(separator: "\n")
    let parts = try #require(files.text("t.snapshots/s.parts.screen")).split(separator: "\n")
    let boxed = zip(all, parts).filter {
      $0.0.contains("Give this id") || $0.0.contains("token expires")
    }
    #expect(boxed.count == 2)
    for (whole, masked) in boxed {
      let inside = { (row: Substring) in row.dropFirst(20).dropLast(20) }
      #expect(inside(whole) == inside(masked), "\(masked)")
      #expect(masked.contains("░"))
    }
  }
}
