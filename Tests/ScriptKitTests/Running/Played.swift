import ScriptKit
import Synchronization

/// Scenes that a test writes, and what became of them.
struct Played {
  /// The headings of tests that need no others: two people and a thread, on a small screen.
  static let headings = """
    screen 60x16
    users Alice, Bob
    thread "Harbour" with Alice, Bob

    """

  let script: Script
  let results: [SceneResult]

  /// The failure of the only scene; `nil` when it passed.
  var failure: SceneResult.Failure? { results.first?.failure }

  /// Plays the scene with these lines, each of which is indented as below `scene`.
  init(
    _ lines: String, headings: String = Played.headings, files: Files = Files(),
    updates: Bool = false, change: (inout ScriptPlayer) -> Void = { _ in }
  ) throws {
    let body = lines.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    try self.init(
      file: headings + "scene \"s\"\n" + body.joined(separator: "\n") + "\n", files: files,
      updates: updates, change: change)
  }

  /// Plays all scenes of a file.
  init(
    file: String, files: Files = Files(), updates: Bool = false,
    change: (inout ScriptPlayer) -> Void = { _ in }
  ) throws {
    let script = try ScriptParser.parse(Array(file.utf8), path: "t.confab")
    var options = SceneOptions(read: { files[$0] }, write: { files.write($0, $1) })
    options.updatesSnapshots = updates
    var player = ScriptPlayer(options: options)
    change(&player)
    self.script = script
    results = script.scenes.map { [player] in player.play($0, of: script) }
  }

  /// Files in memory.
  final class Files: Sendable {
    private let files = Mutex<[String: [UInt8]]>([:])

    /// The names of those there are, sorted.
    var names: [String] { files.withLock { $0.keys.sorted() } }

    subscript(_ path: String) -> [UInt8]? { files.withLock { $0[path] } }

    func text(_ path: String) -> String? { self[path].map { String(decoding: $0, as: UTF8.self) } }

    @discardableResult
    func write(_ path: String, _ bytes: [UInt8]) -> Bool {
      files.withLock { $0[path] = bytes }
      return true
    }
  }
}
