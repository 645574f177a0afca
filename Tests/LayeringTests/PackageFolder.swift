import FoundationEssentials

/// The package's own folder, found from where this file lies.
enum PackageFolder {
  /// The root.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The text of Package.swift.
  static func manifest() throws -> String {
    try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
  }

  /// The folders in `Sources`.
  static func targets() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path))
  }

  /// The Swift files of a target, in the order of their paths.
  static func files(of target: String) throws -> [SourceFile] {
    let folder = root.appending(path: "Sources/\(target)").path
    return try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }.sorted().map { path in
        let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
        return SourceFile(path: "Sources/\(target)/\(path)", text: text)
      }
  }
}
