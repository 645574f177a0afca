import ACSTypes
import ACSWire
import Testing

private let rooms = RoomsRequests(endpoint: "https://127.0.0.1:7751/")
private let line = "/rooms/99199690362660524"

@Suite("Rooms on the wire")
struct RoomTypesTests {
  @Test(
    "each operation has the contract's line and body",
    arguments: [
      SentRequest(
        rooms.create(
          CreateRoomRequest(
            validFrom: WireTime(chat: .epoch), pstnDialOutEnabled: true,
            participants: RoomParticipantChanges([
              .init("8:acs:a", .put(as: .presenter)), .init("8:acs:b", .put(as: nil)),
            ])), requestID: "r1", firstSent: .epoch),
        "POST /rooms?api-version=2025-03-13",
        #"{"validFrom":"1970-01-01T00:00:00Z","pstnDialOutEnabled":true,"#
          + #""participants":{"8:acs:a":{"role":"Presenter"},"8:acs:b":{}}}"#),
      SentRequest(rooms.rooms(), "GET /rooms?api-version=2025-03-13"),
      SentRequest(rooms.room("99199690362660524"), "GET \(line)?api-version=2025-03-13"),
      SentRequest(rooms.room("a/b?c"), "GET /rooms/a%2Fb%3Fc?api-version=2025-03-13"),
      SentRequest(
        rooms.update("99199690362660524", UpdateRoomRequest(pstnDialOutEnabled: false)),
        "PATCH \(line)?api-version=2025-03-13", #"{"pstnDialOutEnabled":false}"#),
      SentRequest(rooms.delete("99199690362660524"), "DELETE \(line)?api-version=2025-03-13"),
      SentRequest(
        rooms.participants(of: "99199690362660524"),
        "GET \(line)/participants?api-version=2025-03-13"),
      SentRequest(
        rooms.updateParticipants(
          of: "99199690362660524",
          RoomParticipantChanges([
            .init("8:acs:a", .remove), .init("8:acs:b", .put(as: .collaborator)),
          ])),
        "PATCH \(line)/participants?api-version=2025-03-13",
        #"{"participants":{"8:acs:a":null,"8:acs:b":{"role":"Collaborator"}}}"#),
    ])
  func lines(sent: SentRequest) {
    let request = sent.request
    #expect("\(request.method) \(request.target)" == sent.line)
    #expect(String(decoding: request.body, as: UTF8.self) == sent.body)
    if request.method == "PATCH" {
      #expect(request.headers["Content-Type"] == "application/merge-patch+json")
    }
  }

  @Test("a creation can be repeated, and names when it was sent first")
  func repeatability() {
    let request = rooms.create(CreateRoomRequest(), requestID: "r1", firstSent: .epoch)
    #expect(request.headers["Repeatability-Request-ID"] == "r1")
    #expect(request.headers["Repeatability-First-Sent"] == "Thu, 01 Jan 1970 00:00:00 GMT")
  }

  @Test(
    "what the service sends is written back as it came",
    arguments: [
      #"{"id":"99199690362660524","createdAt":"2023-05-26T22:13:39.125+00:00","#
        + #""validFrom":"2023-05-26T22:13:39.1Z","validUntil":"2023-11-22T22:13:39Z","#
        + #""pstnDialOutEnabled":true,"news":[null]}"#,
      #"{"id":"9949090153194533","createdAt":"2023-05-26T22:13:39.1250001+00:00","#
        + #""validFrom":"2023-05-26T22:13:39.1Z","validUntil":"2023-11-22T22:13:39Z"}"#,
    ])
  func room(text: String) throws {
    #expect(try RoomModel(text: text).json.text == text)
  }

  @Test("participants keep roles that are not known here")
  func participants() throws {
    let text = #"{"value":[{"rawId":"8:acs:a","role":"Conductor"}],"nextLink":"https://h/rooms"}"#
    let page = try PageModel<RoomParticipantModel>(text: text)
    #expect(page.value[0].role == RoomRole(rawValue: "Conductor"))
    #expect(page.json.text == text)
  }

  @Test("a null participant is a removal, and a null role none")
  func changes() throws {
    let text =
      #"{"participants":{"8:acs:a":null,"8:acs:b":{"role":null},"8:acs:c":{},"#
      + #""8:acs:d":{"role":"Consumer","x":1}}}"#
    let request = try UpdateRoomParticipantsRequest(text: text)
    let entries = try #require(request.participants).entries
    #expect(entries.map(\.rawID) == ["8:acs:a", "8:acs:b", "8:acs:c", "8:acs:d"])
    let roles = entries.map { entry -> RoomRole?? in
      guard case .put(let properties) = entry.change else { return nil }
      return .some(properties.role)
    }
    #expect(roles == [nil, .some(nil), .some(nil), .consumer])
    #expect(request.json.text == text)
  }

  @Test(
    "bodies that are no contract name the place",
    arguments: [
      (#"{"participants":[]}"#, "participants"),
      (#"{"participants":{"8:acs:a":"Presenter"}}"#, "participants.8:acs:a"),
      (#"{"participants":{"8:acs:a":{"role":1}}}"#, "participants.8:acs:a.role"),
      (#"{"validFrom":"tomorrow"}"#, "validFrom"), (#"{"validUntil":1}"#, "validUntil"),
      (#"{"pstnDialOutEnabled":"yes"}"#, "pstnDialOutEnabled"),
    ])
  func malformed(text: String, path: String) {
    let error = #expect(throws: WireError.self) { try CreateRoomRequest(text: text) }
    #expect(error?.path == path)
  }

  @Test(
    "times come back to the microsecond, in UTC, with six digits",
    arguments: [
      ("2026-11-21T02:29:57Z", "2026-11-21T02:29:57.000000+00:00"),
      ("2026-11-21T02:29:57.1Z", "2026-11-21T02:29:57.100000+00:00"),
      ("2026-11-21T02:29:57.123456Z", "2026-11-21T02:29:57.123456+00:00"),
      ("2026-11-21T02:29:57.00012Z", "2026-11-21T02:29:57.000120+00:00"),
      ("2026-11-21T02:29:57.1234567Z", "2026-11-21T02:29:57.123456+00:00"),
      ("2026-11-21T04:29:57.123456+02:00", "2026-11-21T02:29:57.123456+00:00"),
      ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999+00:00"),
    ])
  func microseconds(given: String, written: String) throws {
    let time = WireTime(rooms: try WireTime(json: .string(given)))
    #expect(time.text == written)
    #expect(WireTime(rooms: time) == time)
    #expect(try WireTime(json: .string(written)) == time)
  }
}
