import ACSTypes
import ACSWire

/// One line of the journal.
enum JournalEntry: Equatable, Sendable {
  /// An identity was made.
  case made(MadeIdentity)
  /// An identity is gone.
  case gone(String, endpoint: String, on: Timestamp)

  /// Reads a line; `nil` for one that was written half when the computer stopped.
  init?(line: some StringProtocol) {
    guard let json = try? JSONValue.parse(Array(line.utf8)),
      let endpoint = json["endpoint"]?.string, let id = json["id"]?.string
    else { return nil }
    if let on = json["gone"]?.string.flatMap({ Timestamp(iso8601: $0) }) {
      self = .gone(id, endpoint: endpoint, on: on)
    } else if let on = json["made"]?.string.flatMap({ Timestamp(iso8601: $0) }) {
      let purpose = json["by"]?.string ?? ""
      self = .made(MadeIdentity(id: id, endpoint: endpoint, madeOn: on, purpose: purpose))
    } else {
      return nil
    }
  }

  /// The line, without its end.
  var line: String {
    let json: JSONValue =
      switch self {
      case .made(let identity):
        [
          "made": .string(identity.madeOn.iso8601), "endpoint": .string(identity.endpoint),
          "id": .string(identity.id), "by": .string(identity.purpose),
        ]
      case .gone(let id, let endpoint, let on):
        ["gone": .string(on.iso8601), "endpoint": .string(endpoint), "id": .string(id)]
      }
    return json.text
  }
}

/// An identity that this machine made.
struct MadeIdentity: Equatable, Sendable {
  let id: String
  let endpoint: String
  let madeOn: Timestamp
  /// The command that made it.
  let purpose: String

  /// Those that were made and of which no line says that they are gone, oldest first.
  static func remaining(after entries: [JournalEntry]) -> [MadeIdentity] {
    var gone: [String: Set<String>] = [:]
    var result: [MadeIdentity] = []
    // Ids are never used twice, so the order of the lines does not matter.
    for case .gone(let id, let endpoint, _) in entries { gone[endpoint, default: []].insert(id) }
    for case .made(let identity) in entries
    where gone[identity.endpoint]?.contains(identity.id) != true {
      result.append(identity)
    }
    return result
  }
}
