import Configuration
import Emulator

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The file of `--seed`.
struct SeedFile {
  let seed: Seed

  /// Reads it.
  ///
  /// - Throws: `ConfigurationError`, which tells line and column.
  init(_ path: String) throws(ConfigurationError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(file: path, position: nil, message: "the seed cannot be read")
    }
    let document = try ConfigurationDocument(
      text: String(decoding: bytes, as: UTF8.self), file: path)
    do {
      seed = try Seed(json: document.json)
    } catch {
      throw document.error(error.path, error.message)
    }
  }
}
