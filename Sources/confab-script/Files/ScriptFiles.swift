import ArgumentTable
import ScriptKit

/// The scripts that a command line names.
struct ScriptFiles {
  /// The end of a script's name.
  static let ending = ".confab"

  /// The files: those named, and of folders all scripts in them, by name.
  let paths: [String]
  /// The files that the scripts include, as far as they were read.
  let included = Included()
  private let operands: [String]
  private let command: String

  /// Gathers the names of files.
  final class Included {
    fileprivate(set) var paths: Set<String> = []
  }

  /// The files that a play depends on: the scripts, those that lie beside them, and their snapshots; nothing else, as the
  /// runner may write there itself.
  var watched: [String] {
    var folders = Set(operands.filter(DiskFiles.isFolder))
    for path in paths { folders.insert(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".") }
    return paths
      + (folders.sorted() + paths.map(Snapshot.folder(of:))).flatMap { folder in
        (DiskFiles.names(in: folder) ?? [])
          .filter { $0.hasSuffix(ScriptFiles.ending) || $0.hasSuffix(Snapshot.ending) }
          .map { "\(folder)/\($0)" }
      }
  }

  init(_ arguments: ParsedArguments, command: String) throws {
    self.command = "confab script \(command)"
    operands = arguments.operands
    guard !arguments.operands.isEmpty else {
      throw UsageError("no script is named", command: self.command)
    }
    var paths: [String] = []
    for operand in arguments.operands {
      guard DiskFiles.isFolder(operand) else {
        paths.append(operand)
        continue
      }
      let found = try ScriptFiles.scripts(
        in: operand.count > 1 && operand.last == "/" ? String(operand.dropLast()) : operand,
        command: self.command)
      guard !found.isEmpty else {
        throw UsageError(
          "no script (*\(ScriptFiles.ending)) is in \(operand)", command: self.command)
      }
      paths += found
    }
    var known: Set<String> = []
    self.paths = paths.filter { known.insert($0).inserted }
  }

  /// The scripts of a folder and of those in it.
  ///
  /// - Throws: `UsageError` for what cannot be read: nobody should believe that it was played.
  private static func scripts(in folder: String, command: String) throws -> [String] {
    guard let names = DiskFiles.names(in: folder) else {
      throw UsageError("\(folder) cannot be read", command: command)
    }
    var paths: [String] = []
    for name in names {
      let path = "\(folder)/\(name)"
      switch DiskFiles.kind(of: path) {
      case .folder: paths += try scripts(in: path, command: command)
      case .file where name.hasSuffix(ending): paths.append(path)
      case .other where name.hasSuffix(ending):
        throw UsageError("\(path) cannot be read as a file", command: command)
      case .file, .other, .linkedFolder: break
      }
    }
    return paths
  }

  /// The scripts, checked.
  ///
  /// - Throws: `ScriptErrors` with all that is wrong with all of them; `UsageError` for a file that cannot be read.
  func parse() throws -> [Script] {
    var scripts: [Script] = []
    var errors: [ScriptError] = []
    for path in paths {
      guard let bytes = DiskFiles.read(path) else {
        throw UsageError("\(path) cannot be read", command: command)
      }
      do throws(ScriptErrors) {
        scripts.append(
          try ScriptParser.parse(bytes, path: path) { path in
            included.paths.insert(path)
            return DiskFiles.readFile(path)
          })
      } catch {
        errors += error.errors
      }
    }
    guard errors.isEmpty else { throw ScriptErrors(errors: errors) }
    return scripts
  }
}
