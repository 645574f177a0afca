#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `text` with a leading `~/` replaced by the home folder.
func expandingHome(_ text: String) -> String {
  guard text.hasPrefix("~/"), let home = environment("HOME") else { return text }
  return home + text.dropFirst(1)
}

/// An environment variable that is set and not empty.
func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
}

/// Whether a file is there and may be read.
func isReadable(_ path: String) -> Bool {
  FileManager.default.isReadableFile(atPath: path)
}

extension ClientConfiguration {
  /// The config file: `path` if given, else `CONFAB_CONFIG`, else `confab/config.json5` in the XDG config folder.
  public static func location(_ path: String?) -> String {
    if let path { return expandingHome(path) }
    if let path = environment("CONFAB_CONFIG") { return path }
    return "\(configurationFolder)/config.json5"
  }

  /// `$XDG_CONFIG_HOME/confab`, else `~/.config/confab`.
  static var configurationFolder: String {
    if let folder = environment("XDG_CONFIG_HOME") { return "\(folder)/confab" }
    return "\(environment("HOME") ?? "")/.config/confab"
  }

  /// Reads the config file that ``location(_:)`` names.
  ///
  /// - Throws: `ConfigurationError`; for a missing file it says how to begin.
  public static func load(path: String?) throws(ConfigurationError) -> ClientConfiguration {
    let location = location(path)
    guard FileManager.default.fileExists(atPath: location) else {
      throw ConfigurationError(
        file: location, position: nil,
        message: "there is no such file. `confab --help` shows an example of it; "
          + "`confab demo` needs none.")
    }
    return try ClientConfiguration(path: location)
  }
}
