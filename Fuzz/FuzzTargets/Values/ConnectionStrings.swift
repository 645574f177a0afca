import ACSTypes
import ServiceAuth

extension FuzzTarget {
  /// Connection strings, endpoints and access keys; no refusal quotes what was given.
  static let connectionStrings = FuzzTarget("connection-strings", longestInput: 512) { bytes in
    let source = decoded(bytes)
    if let origin = ServiceEndpoint.origin(source) {
      try requireEqual(ServiceEndpoint.origin(origin), origin, "an endpoint's one form")
    }
    do {
      let connection = try ConnectionString(Secret(source))
      try requireEqual(try ConnectionString(connection.text), connection, "written and read")
      let key = connection.accessKey.base64.reveal()
      // A key of a few digits may stand in a host's name by chance.
      guard key.utf8.count > 16, !connection.endpoint.contains(key) else { return }
      try require(!"\(connection)".contains(key), "the description shows the key")
    } catch let error as ServiceAuthError {
      try require(!error.message.isEmpty, "a refusal without words")
    }
  }
}
