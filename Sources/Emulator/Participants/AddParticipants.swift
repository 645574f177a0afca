import ACSTypes
import ACSWire

extension Core {
  /// `POST /chat/threads/{t}/participants/:add`: 201 even when some were not taken (WIRE 4.4).
  ///
  /// Nothing changes for who takes part already; the others are told in a system message.
  func addParticipants(
    _ exchange: Exchange, by caller: ChatCaller, to threadID: String
  ) throws -> HTTPResponse {
    let thread = try openThread(threadID, of: caller).thread
    let body = try exchange.body(as: AddChatParticipantsRequest.self)
    try ParticipantLimits.check(body.participants)
    let present = try store.participants(in: thread.id)
    let (people, invalid) = try knownParticipants(body.participants, exchange)
    let new = people.filter { person in !present.contains { $0.identity == person.identity } }
    try ParticipantLimits.check(total: present.count + new.count)
    for person in new { try store.insertParticipant(person, in: thread.id) }
    if !new.isEmpty {
      try insertSystemMessage(
        .participantAdded(new, by: caller.identity.rawID), in: thread.id, now: exchange.now)
      try note(.participantsAdded(new), in: thread.id, by: caller, now: exchange.now)
    }
    return .json(
      AddChatParticipantsResult(invalidParticipants: invalid.isEmpty ? nil : invalid), status: 201)
  }
}
