import FoundationEssentials
import Services
import Testing

@testable import SQLiteDatabase

@Suite("A SQLite file that is refused")
struct RefusalTests {
  static let schema = SQLiteSchema(
    name: "The texts", program: "the test",
    steps: [["CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"]])

  /// Gives a folder of the test's own, removed after it.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder =
      FileManager.default.temporaryDirectory.path + "/confab-refused-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func contents(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  /// Makes a file of over 16 MiB.
  private func fill(_ path: String) throws -> SQLiteConnection {
    let connection = try SQLiteConnection(path: path, schema: RefusalTests.schema)
    try connection.run(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
      INSERT INTO texts SELECT i, hex(randomblob(1000)) FROM n
      """)
    try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    return connection
  }

  /// Overwrites a page in the middle of the tree.
  private func damage(_ path: String) throws {
    var bytes = try contents(path)
    let middle = bytes.count / 2 / 4096 * 4096
    bytes.replaceSubrange(middle..<(middle + 4096), with: Data(repeating: 0x58, count: 4096))
    try bytes.write(to: URL(filePath: path))
  }

  /// Copies the files as a killed process leaves them.
  private func copy(_ source: String, to target: String) throws {
    for suffix in ["", "-wal"] {
      try contents(source + suffix).write(to: URL(filePath: target + suffix))
    }
    #expect(try !contents(target + "-wal").isEmpty)
  }

  /// Expects that a file is refused and stays as it is, with the log beside it.
  private func expectRefusal(
    _ path: String, _ code: StoreError.Code, access: SQLiteConnection.Access = .exclusive
  ) throws {
    func log() -> Data? { try? contents(path + "-wal") }
    let (before, logBefore) = (try contents(path), log())
    let error = #expect(throws: StoreError.self) {
      try SQLiteConnection(path: path, schema: RefusalTests.schema, access: access)
    }
    #expect(error?.code == code)
    #expect(error?.message.contains(path) == true)
    #expect(try contents(path) == before)
    #expect(log() == logBefore)
  }

  @Test("damage in the middle of a large file is found when it is opened")
  func large() throws {
    try withFolder { folder in
      let path = "\(folder)/large.sqlite"
      _ = try fill(path)
      #expect(try contents(path).count > 17 << 20)
      try damage(path)
      try expectRefusal(path, .damaged)
    }
  }

  @Test(
    "a newer file with a log of changes stays as it is, and so does the log",
    arguments: [SQLiteConnection.Access.exclusive, .shared])
  func newerWithLog(access: SQLiteConnection.Access) throws {
    try withFolder { folder in
      let live = try SQLiteConnection(path: "\(folder)/live.sqlite", schema: RefusalTests.schema)
      try live.run("PRAGMA user_version = 999")
      try live.run("INSERT INTO texts VALUES (1, 'in the log')")
      try copy("\(folder)/live.sqlite", to: "\(folder)/copy.sqlite")
      try expectRefusal("\(folder)/copy.sqlite", .newer, access: access)
    }
  }

  @Test("a damaged file with a log of changes stays as it is, and so does the log")
  func damagedWithLog() throws {
    try withFolder { folder in
      let live = try fill("\(folder)/live.sqlite")
      try live.run("INSERT INTO texts VALUES (9001, 'in the log')")
      try copy("\(folder)/live.sqlite", to: "\(folder)/copy.sqlite")
      try damage("\(folder)/copy.sqlite")
      try expectRefusal("\(folder)/copy.sqlite", .damaged)
    }
  }

  @Test("a file that lost all its bytes does not take its log along")
  func emptyWithLog() throws {
    try withFolder { folder in
      let live = try fill("\(folder)/live.sqlite")
      try live.run("INSERT INTO texts VALUES (9001, 'in the log')")
      try copy("\(folder)/live.sqlite", to: "\(folder)/copy.sqlite")
      try Data().write(to: URL(filePath: "\(folder)/copy.sqlite"))
      try expectRefusal("\(folder)/copy.sqlite", .damaged)
    }
  }

  @Test(
    "a file of any size is looked through after a kill, after a clean end one up to 512 MiB",
    arguments: [
      (512 << 20, true, true), (512 << 20 + 1, true, false), (512 << 20 + 1, false, true),
      (1 << 40, false, true),
    ] as [(Int64, Bool, Bool)])
  func sizes(bytes: Int64, endedCleanly: Bool, isChecked: Bool) {
    #expect(
      SQLiteConnection.looksThrough(bytes: bytes, endedCleanly: endedCleanly) == isChecked)
  }

  @Test("a good file takes what its log has, and leaves none when it is closed")
  func good() throws {
    try withFolder { folder in
      let (source, target) = ("\(folder)/live.sqlite", "\(folder)/copy.sqlite")
      let live = try fill(source)
      try live.run("INSERT INTO texts VALUES (9001, 'in the log')")
      try copy(source, to: target)
      for _ in 1...2 {
        let rows = try SQLiteConnection(path: target, schema: RefusalTests.schema)
          .run("SELECT text FROM texts WHERE id = 9001")
        #expect(rows.map { $0.text(0) } == ["in the log"])
        #expect(!FileManager.default.fileExists(atPath: target + "-wal"))
      }
    }
  }
}
