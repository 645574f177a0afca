import FoundationEssentials
import FuzzTargets
import Testing

/// The kept inputs, each of which was once worth trying: written by hand, or found by libFuzzer.
@Suite("The corpus of bad input")
struct CorpusTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Corpus")

  @Test(
    "every kept input is taken or refused in good order", .timeLimit(.minutes(2)),
    arguments: FuzzTarget.all)
  func replay(target: FuzzTarget) throws {
    let folder = CorpusTests.folder.appending(path: target.name)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(!names.isEmpty, "a target without a corpus proves nothing")
    for name in names {
      let input = Array(try Data(contentsOf: folder.appending(path: name)))
      #expect(throws: Never.self, "\(target.name)/\(name)") { try target.check(input) }
    }
  }

  @Test("every folder of the corpus has its target")
  func nothingForgotten() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: CorpusTests.folder.path)
    #expect(folders.sorted() == FuzzTarget.all.map(\.name).sorted())
  }

  @Test("nothing at all is an input, too", arguments: FuzzTarget.all)
  func emptyInput(target: FuzzTarget) {
    #expect(throws: Never.self) { try target.check([]) }
  }
}
