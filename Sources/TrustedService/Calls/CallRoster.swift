import ACSTypes

/// Who is in a call, and whose sound is kept from others.
///
/// The service can mute and not unmute, so its flag counts only when it rises; lowering is the gateway's own.
struct CallRoster: Hashable, Sendable {
  /// Rises with each change that terminals see; 0 before the first roster.
  private(set) var version = 0
  private var present: [CallParticipant] = []
  private var muted: Set<CommunicationIdentifier> = []
  /// Whom the service called muted the last time.
  private var mutedThere: Set<CommunicationIdentifier> = []
  private var lastSequence = 0

  /// Everybody in the call.
  var participants: [CallParticipant] {
    present.map { participant in
      var participant = participant
      participant.isMuted = muted.contains(participant.identifier)
      return participant
    }
  }

  /// Takes the service's list, unless its `sequence` says that it is not newer than the last; tells whether terminals
  /// see a change.
  mutating func take(_ list: [CallParticipant], sequence: Int?) -> Bool {
    if let sequence {
      guard sequence > lastSequence else { return false }
      lastSequence = sequence
    }
    let before = participants
    let mutedNow = Set(list.filter(\.isMuted).map(\.identifier))
    muted.formUnion(mutedNow.subtracting(mutedThere))
    muted.subtract(mutedThere.subtracting(mutedNow))
    mutedThere = mutedNow
    present = list
    guard version == 0 || participants != before else { return false }
    version += 1
    return true
  }

  /// Keeps somebody's sound from others, or no longer; tells whether terminals see a change.
  mutating func setMuted(_ isMuted: Bool, of identity: CommunicationIdentifier) -> Bool {
    let changed =
      isMuted ? muted.insert(identity).inserted : muted.remove(identity) != nil
    guard changed else { return false }
    if version > 0 { version += 1 }
    return true
  }
}
