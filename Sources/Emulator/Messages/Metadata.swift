import ACSWire

/// Names with texts that applications keep with messages, threads and participants.
enum Metadata {
  /// Bytes of names and texts that a thread or a participant may have (WIRE 4.5).
  static let limit = 1024

  /// Metadata as kept: a JSON object, without the names that have `null`.
  ///
  /// - Throws: ``Refusal`` with status 400 for values that are no texts, or too many.
  static func text(of metadata: JSONObject?, limit: Int) throws(Refusal) -> String? {
    guard let metadata else { return nil }
    try check(metadata)
    // An empty text that comes with the first is kept.
    return try kept(merge(metadata, into: [:], droppingEmpty: false), limit: limit)
  }

  /// What is kept after a merge patch (RFC 7396): `null` takes a name away, and so does an empty text, as recorded.
  ///
  /// - Throws: As ``text(of:limit:)``.
  static func text(
    of patch: JSONObject, into old: String?, limit: Int
  ) throws(Refusal) -> String {
    try check(patch)
    return try kept(merge(patch, into: object(old) ?? [:], droppingEmpty: true), limit: limit)
  }

  /// Metadata as told.
  static func object(_ text: String?) -> JSONObject? {
    text.flatMap { try? JSONValue.parse($0).object }
  }

  private static func check(_ metadata: JSONObject) throws(Refusal) {
    for member in metadata.members where member.value.string == nil && !member.value.isNull {
      throw Refusal(
        400, "BadRequest", "metadata.\(member.name): This should be a string.",
        target: "metadata.\(member.name)")
    }
  }

  private static func kept(_ metadata: JSONObject, limit: Int) throws(Refusal) -> String {
    let size = metadata.members.reduce(0) { sum, member in
      sum + member.name.utf8.count + (member.value.string?.utf8.count ?? 0)
    }
    guard size <= limit else {
      throw Refusal(
        400, "BadRequest", "The metadata is too large.", target: "metadata",
        why: "The metadata has \(size) bytes; it may have \(limit).")
    }
    return JSONValue.object(metadata).text
  }

  private static func merge(
    _ patch: JSONObject, into old: JSONObject, droppingEmpty: Bool
  ) -> JSONObject {
    var result = old
    for member in patch.members {
      let isDropped = member.value.isNull || (droppingEmpty && member.value == "")
      result[member.name] = isDropped ? Optional.none : member.value
    }
    return result
  }
}
