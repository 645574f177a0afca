import ACSTypes
import ACSWire

extension Core {
  /// `POST /chat/threads/{t}/participants/:remove`: the body is the identifier itself (WIRE 4.1).
  ///
  /// Who is not there needs no removing: Microsoft's samples begin with that.
  func removeParticipant(
    _ exchange: Exchange, by caller: ChatCaller, from threadID: String
  ) throws -> HTTPResponse {
    let thread = try openThread(threadID, of: caller).thread
    let identifier = try exchange.body(as: IdentifierModel.self).identifier
    try check(identifier)
    guard let person = try store.participant(identifier.rawID, in: thread.id) else {
      return .empty(204)
    }
    try insertSystemMessage(
      .participantRemoved([person], by: caller.identity.rawID), in: thread.id, now: exchange.now)
    try store.removeParticipant(person.identity, from: thread.id)
    try note(
      .participantsRemoved([person]), in: thread.id, by: caller, leaving: [person],
      now: exchange.now)
    return .empty(204)
  }
}
