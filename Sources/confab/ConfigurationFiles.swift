import Configuration
import Glibc

/// Where the config file and themes are, and what is in them; `Configuration` itself reads no file.
enum ConfigurationFiles {
  /// Reads the config file: `path` if given, else `CONFAB_CONFIG`, else `confab/config.json5` in the XDG config folder.
  ///
  /// - Throws: `ConfigurationError`; for a missing file it says how to begin.
  static func client(_ path: String?) throws(ConfigurationError) -> ClientConfiguration {
    let path = path.map(expandingHome) ?? environment("CONFAB_CONFIG") ?? "\(folder)/config.json5"
    guard access(path, F_OK) == 0 else {
      throw ConfigurationError(
        file: path, position: nil,
        message: "there is no such file. `confab --help` shows an example of it; "
          + "`confab demo` needs none.")
    }
    var configuration = try ClientConfiguration(text: text(of: path), file: path)
    configuration.certificateAuthority = configuration.certificateAuthority.map(expandingHome)
    return configuration
  }

  /// Reads the theme called `name`: a path if it has a slash, else a file of the user's or the installed themes.
  ///
  /// - Throws: `ConfigurationError`; for an unknown name it says where it looked.
  static func theme(_ name: String, roles: [String]) throws(ConfigurationError) -> ThemeFile {
    if name.contains("/") {
      let path = expandingHome(name)
      return try ThemeFile(text: text(of: path), file: path, roles: roles)
    }
    let folders = ["\(folder)/themes"] + ProgramFolder.themes
    for folder in folders {
      let path = "\(folder)/\(name).json5"
      guard access(path, R_OK) == 0 else { continue }
      return try ThemeFile(text: text(of: path), file: path, roles: roles)
    }
    throw ConfigurationError(
      file: name, position: nil,
      message: "there is no theme of this name in \(folders.joined(separator: ", "))")
  }

  /// `$XDG_CONFIG_HOME/confab`, else `~/.config/confab`.
  private static var folder: String {
    if let folder = environment("XDG_CONFIG_HOME") { return "\(folder)/confab" }
    return "\(environment("HOME") ?? "")/.config/confab"
  }

  private static func expandingHome(_ text: String) -> String {
    guard text.hasPrefix("~/"), let home = environment("HOME") else { return text }
    return home + text.dropFirst(1)
  }

  /// An environment variable that is set and not empty.
  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// The whole file, 1 MiB at most.
  private static func text(of path: String) throws(ConfigurationError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count == 0 { break }
      guard count > 0 else { throw unreadable(path, String(cString: strerror(errno))) }
      bytes += chunk[..<count]
      guard bytes.count <= 1 << 20 else { throw unreadable(path, "it is larger than 1 MiB") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw unreadable(path, "it is not UTF-8")
    }
    return text
  }

  private static func unreadable(_ path: String, _ why: String) -> ConfigurationError {
    ConfigurationError(file: path, position: nil, message: "the file cannot be read: \(why)")
  }
}
