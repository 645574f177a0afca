/// What is known at a place of a script, and what was found wrong so far.
final class ScriptScope {
  /// Brings the bytes of a file that a script includes; `nil` when it cannot be read.
  typealias FileReader = (String) -> [UInt8]?

  /// How many errors are told; a wrong file would give one a line.
  private static let mostErrors = 50
  /// How many lines are read of included files, one that is included twice counted twice.
  private static let mostIncludedLines = 100_000
  /// How deep blocks lie within one another, those of included files with those around them.
  private static let deepest = 100

  /// The people of the script, in their order.
  private(set) var users: [String] = []
  private var known: Set<String> = []
  private var knownInSmall: Set<String> = []
  /// The variables that have a value here.
  var variables: Set<String> = []
  /// Who acts here; `nil` for the world.
  var person: String?
  /// Set when the script is for another version of the language, of which no more can be said.
  var versionError: ScriptError?
  /// How many times what stands here is done.
  var repetitions = 1
  /// True once a server is killed in this scene.
  var killsServers = false
  /// The values of the headings' variables.
  var constants: [String: String] = [:]
  /// The beginning of the names of the snapshots' files of the scene that is being read.
  var sceneSlug = ""
  /// The scenes that have snapshots, by the beginning of these files' names.
  var snapshotScenes: [String: SourcePlace] = [:]
  private var includedLines = 0
  private var depth = 0
  /// The names of the snapshots of this scene, each with its place.
  var snapshots: [String: SourcePlace] = [:]
  private(set) var errors: [ScriptError] = []
  let reader: FileReader
  /// The files that are being included, the outermost first.
  var files: [String] = []

  init(reader: @escaping FileReader) {
    self.reader = reader
  }

  /// True once so much is wrong that nobody looks for more.
  private(set) var isFull = false

  func note(_ error: ScriptError) {
    guard !isFull else { return }
    isFull = errors.count == ScriptScope.mostErrors
    errors.append(
      isFull
        ? ScriptError(error.place, "more is wrong from here on, and told once the rest is mended")
        : error)
  }

  /// Counts lines of an included file; gives false when there are too many of them.
  func include(lines: Int) -> Bool {
    includedLines += lines
    return includedLines <= ScriptScope.mostIncludedLines
  }

  /// Reads a block within the one that is being read; gives `nil` when it lies too deep.
  func inBlock<Result>(_ body: () -> Result) -> Result? {
    guard depth < ScriptScope.deepest else { return nil }
    depth += 1
    defer { depth -= 1 }
    return body()
  }

  /// Takes somebody in; gives false when somebody is called so already, in letters of either case.
  func add(user name: String) -> Bool {
    guard knownInSmall.insert(name.lowercased()).inserted else { return false }
    known.insert(name)
    users.append(name)
    return true
  }

  func knows(_ name: String) -> Bool { known.contains(name) }
}
