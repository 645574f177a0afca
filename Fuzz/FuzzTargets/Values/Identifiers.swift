import ACSTypes
import ACSWire

extension FuzzTarget {
  /// Raw ids, and the models that stand for them in JSON.
  static let identifiers = FuzzTarget("identifiers", longestInput: 512) { bytes in
    let source = decoded(bytes)
    let identifier = CommunicationIdentifier(rawID: source)
    _ = (identifier.kind, identifier.shortForm)
    // Nobody has an empty id: no model of it can be read.
    if !source.isEmpty {
      let model = IdentifierModel(identifier)
      let again = try IdentifierModel(bytes: model.bytes)
      try requireEqual(again, model, "a model, written and read")
      try requireEqual(again.identifier, identifier, "an id by its model")
    }
    if let given = try? IdentifierModel(bytes: bytes) {
      _ = given.identifier
      try requireEqual(try IdentifierModel(bytes: given.bytes), given, "a model as given")
    }
  }
}
