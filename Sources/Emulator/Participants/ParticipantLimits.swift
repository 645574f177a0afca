import ACSTypes
import ACSWire

/// How many may take part (WIRE 4.5).
enum ParticipantLimits {
  /// In a thread.
  static let thread = 250
  /// In one request.
  static let batch = 200
  /// In a thread with typing notices and read receipts.
  static let receipts = 20

  /// Refuses a list that is longer than a request may bring.
  static func check(_ added: [ChatParticipantModel]) throws(Refusal) {
    try check(added.count <= batch)
  }

  /// Refuses to let a thread grow to `count` people.
  static func check(total count: Int) throws(Refusal) {
    try check(count <= thread)
  }

  private static func check(_ isWithin: Bool) throws(Refusal) {
    guard isWithin else {
      throw Refusal(
        400, "BadRequest", "Too many participants.", target: "participants",
        why: "A request may bring \(batch) participants, and a thread have \(thread).")
    }
  }
}

extension Core {
  /// Those of `models` who can take part, and errors for those who cannot; the former without repetition.
  ///
  /// - Throws: ``Refusal`` with status 400 for an id that is malformed: then nothing is done (WIRE 4.4).
  func knownParticipants(
    _ models: [ChatParticipantModel], _ exchange: Exchange
  ) throws -> (people: [ParticipantRow], invalid: [ServiceErrorModel]) {
    var people: [ParticipantRow] = []
    var invalid: [ServiceErrorModel] = []
    for model in models {
      let identifier = model.identifier.identifier
      try check(identifier)
      guard try store.identity(identifier.rawID) != nil else {
        invalid.append(
          ServiceErrorModel(
            code: "404", message: "The participant is not an identity of this resource.",
            target: identifier.rawID))
        continue
      }
      let row = ParticipantRow(
        identity: identifier.rawID, displayName: model.displayName,
        shareHistoryTime: model.shareHistoryTime?.moment ?? .epoch,
        metadata: exchange.hasThreadMetadata
          ? try Metadata.text(of: model.metadata, limit: Metadata.limit) : nil)
      people.removeAll { $0.identity == row.identity }
      people.append(row)
    }
    return (people, invalid)
  }

  /// Refuses an identifier that is malformed, in the words recorded (WIRE 4.6).
  func check(_ identifier: CommunicationIdentifier) throws(Refusal) {
    let isWellFormed =
      switch identifier.kind {
      case .communicationUser: isUserID(identifier.rawID)
      case .unknown: false
      default: !identifier.rawID.hasSuffix(":")
      }
    guard isWellFormed else {
      throw Refusal(
        400, "BadRequest", "Identifier format is invalid (\(identifier.rawID)).",
        why: "An identity looks like 8:acs:<resource>_<id>, both of hexadecimal digits in groups.")
    }
  }

  /// True for `8:acs:<guid>_<guid>` and its like in other clouds.
  private func isUserID(_ rawID: String) -> Bool {
    let parts = rawID.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return false }
    let halves = parts[2].split(separator: "_", omittingEmptySubsequences: false)
    return halves.count == 2
      && halves.allSatisfy { half in
        let groups = half.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
          && groups.joined().allSatisfy(\.isHexDigit)
      }
  }
}
