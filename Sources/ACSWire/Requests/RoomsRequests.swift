public import ACSTypes

/// The requests of Rooms (WIRE 6), without their authorisation.
public struct RoomsRequests: Hashable, Sendable {
  private let builder: RequestBuilder

  /// Requests to the resource at `endpoint`.
  public init(endpoint: String, apiVersion: String = "2025-03-13") {
    builder = RequestBuilder(endpoint: endpoint, apiVersion: apiVersion)
  }

  /// Creates a room; answered with 201 and ``RoomModel``, the same room for the same `requestID`, a GUID.
  public func create(
    _ room: CreateRoomRequest, requestID: String, firstSent: Timestamp
  ) -> HTTPRequest {
    builder.request("POST", "/rooms", body: room)
      .repeatable(id: requestID, firstSent: firstSent)
  }

  /// All rooms; answered with a page of ``RoomModel``.
  public func rooms() -> HTTPRequest {
    builder.request("GET", "/rooms")
  }

  /// One room; answered with ``RoomModel``.
  public func room(_ id: String) -> HTTPRequest {
    builder.request("GET", path(id))
  }

  /// Changes a room; answered with ``RoomModel``.
  public func update(_ id: String, _ changes: UpdateRoomRequest) -> HTTPRequest {
    builder.request("PATCH", path(id), body: changes)
  }

  /// Deletes a room; answered with 204.
  public func delete(_ id: String) -> HTTPRequest {
    builder.request("DELETE", path(id))
  }

  /// Who may join; answered with a page of ``RoomParticipantModel``.
  public func participants(of id: String) -> HTTPRequest {
    builder.request("GET", "\(path(id))/participants")
  }

  /// Changes who may join; answered with 200 and an empty object.
  public func updateParticipants(
    of id: String, _ changes: RoomParticipantChanges
  ) -> HTTPRequest {
    builder.request(
      "PATCH", "\(path(id))/participants",
      body: UpdateRoomParticipantsRequest(participants: changes))
  }

  /// The page to which a `nextLink` leads.
  ///
  /// - Throws: ``WireError`` with code `.badValue` when it leads to another server than the endpoint.
  public func next(_ link: String) throws(WireError) -> HTTPRequest {
    try builder.next(link)
  }

  private func path(_ id: String) -> String { "/rooms/\(id.percentEncoded)" }
}
