import FoundationEssentials
import Glibc
import Testing

@Suite("What an event asks of the memory")
struct AllocationTests {
  /// A kind of event, and the bytes that one asks for in a small and in a large state.
  private struct Line {
    let kind: String
    let small: Int
    let large: Int

    init?(_ text: Substring) {
      let words = text.split(separator: " ")
      guard words.count == 3, let small = Int(words[1]), let large = Int(words[2]) else {
        return nil
      }
      (kind, self.small, self.large) = (String(words[0]), small, large)
    }
  }

  /// What `confab-model-bench allocations` prints, and how it ended.
  private static let report: (text: String, status: Int32) = {
    // The programs lie beside the tests' own.
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let folder = tests.split(separator: "/").dropLast().joined(separator: "/")
    guard let output = popen("'/\(folder)/confab-model-bench' allocations 2>&1", "r") else {
      return ("", -1)
    }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, output)
    return (String(decoding: bytes.prefix(count), as: UTF8.self), pclose(output))
  }()

  /// False under a sanitizer, which has an allocator of its own.
  private static let isCounted = !report.text.contains("not counted under a sanitizer")

  @Test(
    "no event on a large state asks for memory in proportion to it",
    .enabled(if: isCounted, "a sanitizer counts by itself"))
  func proportion() throws {
    let report = AllocationTests.report
    #expect(report.status == 0, "\(report.text)")
    let lines = report.text.split(separator: "\n").compactMap(Line.init)
    // The program itself fails when an event of any kind is missing.
    #expect(Set(lines.map(\.kind)).isSuperset(of: ["message", "edit", "clock", "taken-message"]))
    // 200 times the threads and 40 times the messages: a copy of the smallest list of either is far beyond this.
    for line in lines {
      #expect(
        line.large <= 2 * line.small + 4096, "\(line.kind): \(line.small), then \(line.large)")
    }
  }
}
