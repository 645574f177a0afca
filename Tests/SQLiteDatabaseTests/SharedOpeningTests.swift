import FoundationEssentials
import Services
import Testing

@testable import SQLiteDatabase

@Suite("A SQLite file that several open at the same time")
struct SharedOpeningTests {
  @Test("a new file is made once, and everybody who opens it can write")
  func new() async throws {
    let folder =
      FileManager.default.temporaryDirectory.path + "/confab-shared-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for round in 1...60 {
      let path = "\(folder)/\(round).sqlite"
      try await withThrowingTaskGroup { group in
        for number in 1...4 {
          group.addTask {
            let connection = try SQLiteConnection(
              path: path, schema: RefusalTests.schema, access: .shared)
            try connection.run("INSERT INTO texts VALUES (?, 'written')", number)
          }
        }
        try await group.waitForAll()
      }
      let connection = try SQLiteConnection(path: path, schema: RefusalTests.schema)
      #expect(try connection.run("SELECT count(*) FROM texts").first?.integer(0) == 4)
    }
  }
}
