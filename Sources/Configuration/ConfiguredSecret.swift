/// Where a secret is, as the config file names it.
public enum ConfiguredSecret: Hashable, Sendable {
  /// A variable of the environment.
  case environment(String)
  /// A file, as written, perhaps with a leading `~/`.
  case file(String)
  /// A program and its arguments, run without a shell.
  case program([String])
  /// What `/bin/sh -c` is told.
  case shell(String)
}

extension ConfigurationDocument {
  /// The keys of a secret, one of which is given.
  static let secretKeys = ["environment", "file", "command"]

  /// The secret at `path`: `{ environment: "NAME" }`, `{ file: "PATH" }` or `{ command: … }`; other members of the object
  /// are not looked at.
  func secret(_ path: String) throws(ConfigurationError) -> ConfiguredSecret {
    let given = try members(path).map(\.name).filter(Self.secretKeys.contains)
    guard let kind = given.first, given.count == 1 else {
      throw error(
        path,
        "\(path) must have one of environment: \"NAME\", file: \"PATH\" and command: [\"PROGRAM\", …]"
      )
    }
    let place = "\(path).\(kind)"
    guard kind == "command" else {
      guard let text = try text(place), !text.isEmpty else {
        throw error(place, "\(place) must not be empty")
      }
      return kind == "file" ? .file(text) : .environment(text)
    }
    if case .string(let line) = value(place), !line.isEmpty { return .shell(line) }
    guard case .array = value(place), let words = try texts(place),
      let program = words.first, !program.isEmpty
    else {
      throw error(
        place, "\(place) must be a list, [\"PROGRAM\", \"ARGUMENT\", …], or a text for /bin/sh -c")
    }
    return .program(words)
  }
}
