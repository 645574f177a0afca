import ACSClient
import ACSTypes
import ACSWire
import TestKit
import Testing

@Suite("RoomsClient")
struct RoomsClientTests {
  private let endpoint = "https://contoso.example.com"
  private let alice = CommunicationIdentifier(rawID: "8:acs:5d1c_alice")
  private let bob = CommunicationIdentifier(rawID: "8:acs:5d1c_bob")
  private let clock = ManualClock()
  private let room =
    #"{"id":"99199690362660524","createdAt":"2026-11-21T02:29:57.000000+00:00","#
    + #""validFrom":"2026-11-21T02:29:57.123456+00:00","#
    + #""validUntil":"2027-05-20T02:29:57.123456+00:00","pstnDialOutEnabled":true}"#

  private func client(_ exchange: ScriptedExchange) -> RoomsClient {
    RoomsClient(
      endpoint: endpoint, exchange: exchange, authoriser: EchoingAuthoriser(), clock: clock)
  }

  private func url(_ path: String) -> String {
    "\(endpoint)\(path)\(path.contains("?") ? "&" : "?")api-version=2025-03-13"
  }

  @Test("a room is made, read, changed and deleted")
  func life() async throws {
    let path = "/rooms/99199690362660524"
    let exchange = ScriptedExchange([
      .answer("POST", url("/rooms"), status: 201, body: room),
      .answer("GET", url(path), body: room),
      .answer("PATCH", url(path), body: room), .answer("DELETE", url(path), status: 204),
    ])
    let client = client(exchange)
    let made = try await client.createRoom(requestID: "r1")
    #expect(made.id == "99199690362660524")
    #expect(made.validFrom.text == "2026-11-21T02:29:57.123456+00:00")
    #expect(made.pstnDialOutEnabled == true)
    #expect(try await client.room(made.id) == made)
    let until = WireTime(chat: clock.now + .seconds(3600))
    #expect(try await client.updateRoom(made.id, UpdateRoomRequest(validUntil: until)) == made)
    try await client.deleteRoom(made.id)
    #expect(exchange.anomalies == [] && exchange.unmet == [])
    #expect(exchange.requests.map { $0.headers["Authorization"] }.allSatisfy { $0 != nil })
    #expect(
      exchange.requests.map { String(decoding: $0.body, as: UTF8.self) } == [
        "{}", "", #"{"validUntil":"2026-11-21T03:29:57Z"}"#, "",
      ])
    #expect(
      exchange.requests[0].headers["Repeatability-First-Sent"] == "Sat, 21 Nov 2026 02:29:57 GMT")
    #expect(
      exchange.requests.map { $0.headers["Repeatability-Request-ID"] } == ["r1", nil, nil, nil])
  }

  @Test("people come with roles and go, in one request each")
  func people() async throws {
    let path = "/rooms/99199690362660524/participants"
    let more = "\(endpoint)\(path)?continuationToken=1&api-version=2025-03-13"
    let exchange = ScriptedExchange([
      .answer("PATCH", url(path), body: "{}"), .answer("PATCH", url(path), body: "{}"),
      .answer(
        "GET", url(path),
        body: #"{"value":[{"rawId":"\#(alice.rawID)","role":"Presenter"}],"nextLink":"\#(more)"}"#),
      .answer("GET", more, body: #"{"value":[{"rawId":"\#(bob.rawID)","role":"Attendee"}]}"#),
    ])
    let client = client(exchange)
    try await client.putParticipants([(alice, .presenter), (bob, nil)], in: "99199690362660524")
    try await client.removeParticipants([alice, bob], from: "99199690362660524")
    let people = try await client.participants(of: "99199690362660524")
    #expect(people.map(\.rawID) == [alice.rawID, bob.rawID])
    #expect(people.map(\.role) == [.presenter, .attendee])
    #expect(exchange.anomalies == [] && exchange.unmet == [])
    #expect(
      exchange.requests.prefix(2).map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"participants":{"\#(alice.rawID)":{"role":"Presenter"},"\#(bob.rawID)":{}}}"#,
        #"{"participants":{"\#(alice.rawID)":null,"\#(bob.rawID)":null}}"#,
      ])
  }

  @Test("the list follows its pages, and only on the same server")
  func list() async throws {
    let more = "\(endpoint)/rooms?continuationToken=1&api-version=2025-03-13"
    let exchange = ScriptedExchange([
      .answer("GET", url("/rooms"), body: #"{"value":[\#(room)],"nextLink":"\#(more)"}"#),
      .answer("GET", more, body: #"{"value":[],"nextLink":"https://evil.example.com/rooms"}"#),
    ])
    let error = await #expect(throws: ServiceError.self) { try await client(exchange).rooms() }
    #expect(error?.code == .badAnswer)
    #expect(exchange.anomalies == [] && exchange.unmet == [])
  }

  @Test("errors keep the service's code and words")
  func refused() async throws {
    let exchange = ScriptedExchange([
      .answer(
        "DELETE", url("/rooms/99199690362660524"), status: 404,
        body: #"{"error":{"code":"NotFound","message":"The room was not found."}}"#)
    ])
    let error = await #expect(throws: ServiceError.self) {
      try await client(exchange).deleteRoom("99199690362660524")
    }
    #expect(
      error?.message == "Failed deleting the room: The room was not found. [404 NotFound]")
  }
}
