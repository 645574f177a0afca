/// What is known at a place of a script, and what was found wrong so far.
final class ScriptScope {
  /// Brings the bytes of a file that a script includes; `nil` when it cannot be read.
  typealias FileReader = (String) -> [UInt8]?

  /// The people of the script.
  var users: [String] = []
  /// The variables that have a value here.
  var variables: Set<String> = []
  /// Who acts here; `nil` for the world.
  var person: String?
  /// True once a server is killed in this scene.
  var killsServers = false
  /// The names of the snapshots of this scene, each with its place.
  var snapshots: [String: SourcePlace] = [:]
  private(set) var errors: [ScriptError] = []
  let reader: FileReader
  /// The files that are being included, the outermost first.
  var files: [String] = []

  init(reader: @escaping FileReader) {
    self.reader = reader
  }

  func note(_ error: ScriptError) {
    // A wrong file would give an error a line.
    if errors.count < 50 { errors.append(error) }
  }
}
