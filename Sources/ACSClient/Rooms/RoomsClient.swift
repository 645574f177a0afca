import ACSAuth
public import ACSTypes
public import ACSWire
public import Services

/// Rooms as a trusted service uses it: who may join which call, when, and as what (WIRE 6).
///
/// Every operation throws `ServiceError`.
public struct RoomsClient: Sendable {
  /// How many pages of a list are followed.
  private static let pageLimit = 1000

  private let requests: RoomsRequests
  private let exchange: any ServiceExchange
  private let clock: any WallClock

  /// Rooms of the resource at `endpoint`.
  public init(
    endpoint: String, exchange: any HTTPExchange, authoriser: any RequestAuthoriser,
    clock: any WallClock
  ) {
    requests = RoomsRequests(endpoint: endpoint)
    self.exchange = SignedExchange(exchange: exchange, authoriser: authoriser)
    self.clock = clock
  }

  /// Creates a room; what `room` leaves open the service decides.
  ///
  /// The `requestID` is a GUID of the caller's choice; sent again with the same one, the request makes no second room.
  public func createRoom(
    _ room: CreateRoomRequest = CreateRoomRequest(), requestID: String
  ) async throws -> RoomModel {
    let request = requests.create(room, requestID: requestID, firstSent: clock.now)
    return try await exchange.answer(to: request, during: "creating the room")
  }

  /// Every room of the resource, all pages.
  public func rooms() async throws -> [RoomModel] {
    try await exchange.all(
      from: requests.rooms(), following: requests.next, pageLimit: RoomsClient.pageLimit,
      during: "listing the rooms")
  }

  /// One room.
  public func room(_ id: String) async throws -> RoomModel {
    try await exchange.answer(to: requests.room(id), during: "reading the room")
  }

  /// Changes a room and gives it as it is then.
  @discardableResult
  public func updateRoom(_ id: String, _ changes: UpdateRoomRequest) async throws -> RoomModel {
    try await exchange.answer(to: requests.update(id, changes), during: "changing the room")
  }

  /// Deletes a room; it cannot be had back.
  public func deleteRoom(_ id: String) async throws {
    _ = try await exchange.send(requests.delete(id), during: "deleting the room")
  }

  /// Who may join, all pages.
  public func participants(of id: String) async throws -> [RoomParticipantModel] {
    try await exchange.all(
      from: requests.participants(of: id), following: requests.next,
      pageLimit: RoomsClient.pageLimit, during: "reading the room's participants")
  }

  /// Adds people, or changes the roles of those who are there; without a role they are attendees.
  public func putParticipants(
    _ people: [(identifier: CommunicationIdentifier, role: RoomRole?)], in id: String
  ) async throws {
    let changes = people.map {
      RoomParticipantChanges.Entry($0.identifier.rawID, .put(as: $0.role))
    }
    try await update(changes, in: id, during: "adding participants to the room")
  }

  /// Takes people out; those who are not there do not matter.
  public func removeParticipants(
    _ people: [CommunicationIdentifier], from id: String
  ) async throws {
    let changes = people.map { RoomParticipantChanges.Entry($0.rawID, .remove) }
    try await update(changes, in: id, during: "removing participants from the room")
  }

  private func update(
    _ changes: [RoomParticipantChanges.Entry], in id: String, during action: String
  ) async throws {
    let request = requests.updateParticipants(of: id, RoomParticipantChanges(changes))
    _ = try await exchange.send(request, during: action)
  }
}
