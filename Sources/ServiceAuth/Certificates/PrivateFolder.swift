#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder that only its owner may enter, with files that only its owner may read.
public struct PrivateFolder: Sendable {
  /// Where it is.
  public let path: String

  /// The folder at `path`, made with its parents when absent; others are locked out of it.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.unusableFile`.
  public init(_ path: String) throws(ServiceAuthError) {
    self.path = path
    let files = FileManager.default
    do {
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    } catch {
      throw PrivateFolder.failure("made private", path, error)
    }
  }

  /// The path of the file `name` in the folder.
  public func path(_ name: String) -> String { "\(path)/\(name)" }

  /// The text of a file; `nil` when there is none.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.unusableFile` when it cannot be read.
  public func read(_ name: String) throws(ServiceAuthError) -> String? {
    let path = path(name)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    } catch {
      throw PrivateFolder.failure("read", path, error)
    }
  }

  /// Writes a file whole or not at all.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.unusableFile`.
  public func write(_ text: String, to name: String) throws(ServiceAuthError) {
    let path = path(name)
    do {
      // For a moment it may have other permissions, but the folder keeps others out.
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      throw PrivateFolder.failure("written", path, error)
    }
  }

  private static func failure(
    _ verb: String, _ path: String, _ error: any Error
  ) -> ServiceAuthError {
    ServiceAuthError(
      .unusableFile, "\(path) cannot be \(verb): \(error). Check the permissions and the space.")
  }
}
