import ACSWire
import ArgumentTable

/// What a server tells of itself on one line when it listens.
struct ServerFacts {
  private let server: String
  private let members: JSONValue

  /// Reads a server's line.
  init(_ line: String, of server: String) throws(DemoError) {
    self.server = server
    do {
      members = try JSONValue.parse(line)
    } catch {
      throw DemoError(.unavailable, "\(server) did not tell where it listens: \(line.prefix(200))")
    }
  }

  /// The fact called `name`.
  func text(_ name: String) throws(DemoError) -> String {
    guard let text = members[name]?.string else {
      throw DemoError(
        .unavailable,
        "\(server) did not tell its \(name). It is of another version; `make build` makes all anew."
      )
    }
    return text
  }
}
