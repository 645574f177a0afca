public import ACSTypes
import ACSWire

extension ChatClient {
  /// Who is in a thread, all pages.
  public func participants(of thread: ChatThreadID) async throws -> [ChatParticipant] {
    let models: [ChatParticipantModel] = try await exchange.all(
      from: requests.participants(of: thread), following: requests.next,
      pageLimit: ChatClient.participantPageLimit, during: "reading the participants")
    return models.map { ChatParticipant($0) }
  }

  /// Adds people.
  ///
  /// - Returns: Of each whom the service did not take, its words.
  public func add(
    _ participants: [ChatParticipant], to thread: ChatThreadID
  ) async throws -> [String] {
    let result: AddChatParticipantsResult = try await exchange.answer(
      to: requests.addParticipants(participants, to: thread), during: "adding people")
    return (result.invalidParticipants ?? []).map(\.words)
  }

  /// Removes somebody, oneself included.
  public func remove(
    _ participant: CommunicationIdentifier, from thread: ChatThreadID
  ) async throws {
    _ = try await exchange.send(
      requests.removeParticipant(participant, from: thread), during: "removing somebody")
  }
}

extension ServiceErrorModel {
  /// What the service says of somebody whom it did not take: `8:acs:…: Permissions check has failed`.
  var words: String {
    let who = target.map { "\($0): " } ?? ""
    return "\(who)\(message ?? code)"
  }
}
