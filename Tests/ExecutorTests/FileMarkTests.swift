import Executor
import Foundation
import Testing

@Suite("Marks of files")
final class FileMarkTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/confab-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test(
    "a file has another mark once it was written, replaced or is gone, and the same while nothing happens"
  )
  func another() throws {
    let path = folder + "/key"
    #expect(FileMark(path) == nil)
    try write("one", to: path)
    var known = try #require(FileMark(path))
    #expect(FileMark(path) == known)

    try write("longer", to: path)
    #expect(FileMark(path) != known)
    known = try #require(FileMark(path))

    try write("longer", to: path + ".new")
    #expect(rename(path + ".new", path) == 0)
    #expect(FileMark(path) != known)

    #expect(unlink(path) == 0)
    #expect(FileMark(path) == nil)
  }

  @Test("a link has the mark of where it leads")
  func link() throws {
    for name in ["old", "new"] { try write("same", to: "\(folder)/\(name)") }
    let link = folder + "/key"
    #expect(symlink("old", link) == 0)
    #expect(FileMark(link) == FileMark(folder + "/old"))
    #expect(symlink("new", link + ".2") == 0 && rename(link + ".2", link) == 0)
    #expect(FileMark(link) == FileMark(folder + "/new"))
    #expect(FileMark(link) != FileMark(folder + "/old"))
  }

  private func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }
}
