import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct RoomTests {
  let town: RoomTown
  var bench: Bench { town.bench }
  var requests: RoomsRequests { town.requests }

  init() throws {
    town = RoomTown(bench: try Bench())
  }

  @Test("a room made of nothing is valid for 180 days from now")
  func defaults() throws {
    let response = bench.signed(town.creation())
    #expect(response.status == 201)
    let room = try RoomModel(bytes: response.body)
    #expect(room.id.hasPrefix("99") && (16...17).contains(room.id.count))
    #expect(Int64(room.id) != nil)
    #expect(room.createdAt.text == "2026-11-21T02:29:57.000000+00:00")
    #expect(room.validFrom.text == "2026-11-21T02:29:57.000000+00:00")
    #expect(room.validUntil.text == "2027-05-20T02:29:57.000000+00:00")
    #expect(room.pstnDialOutEnabled == false)
    #expect(response.headers["Location"] == room.id)
    #expect(response.headers["Repeatability-Result"] == "accepted")
    #expect(
      response.headers["api-supported-versions"] == "2023-06-14, 2024-04-15, 2025-03-13")
    #expect(response.headers["x-ms-error-code"] == nil)
    #expect(try town.participants(of: room.id) == [:])
  }

  @Test("a room is made, read, changed and deleted")
  func life() throws {
    let made = try town.room([
      "validFrom": "2026-12-01T09:00:00.123456Z", "validUntil": "2026-12-01T12:00:00+02:00",
      "pstnDialOutEnabled": true,
    ])
    #expect(made.validFrom.text == "2026-12-01T09:00:00.123456+00:00")
    #expect(made.validUntil.text == "2026-12-01T10:00:00.000000+00:00")
    #expect(made.pstnDialOutEnabled == true)
    #expect(try RoomModel(bytes: bench.signed(requests.room(made.id)).body) == made)

    var changed = made
    let changes: JSONValue = ["validFrom": nil, "validUntil": "2026-12-01T11:00:00.5Z"]
    let response = bench.signed(town.update(made.id, changes))
    changed.validUntil = try WireTime(json: "2026-12-01T11:00:00.500000+00:00")
    #expect(response.status == 200)
    #expect(try RoomModel(bytes: response.body) == changed)
    changed.pstnDialOutEnabled = false
    let flag = bench.signed(town.update(made.id, ["pstnDialOutEnabled": false]))
    #expect(try RoomModel(bytes: flag.body) == changed)
    #expect(try RoomModel(bytes: bench.signed(requests.room(made.id)).body) == changed)

    let deleted = bench.signed(requests.delete(made.id))
    #expect(deleted.status == 204 && deleted.body.isEmpty)
    for request in town.operations(on: made.id) {
      let response = bench.signed(request)
      try expectError(response, 404, "NotFound", "The room was not found.")
      #expect(response.headers["x-ms-error-code"] == "NotFound")
    }
  }

  @Test(
    "validities that cannot be are refused, at making and at changing",
    arguments: [
      (nil, "2026-11-21T02:29:57Z", "ValidUntil should be in the future."),
      ("2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z", "ValidUntil should be in the future."),
      ("2026-12-02T00:00:00Z", "2026-12-01T00:00:00Z", "ValidUntil should be after ValidFrom."),
      // 29 weeks ahead, where the default end is no end for it.
      ("2027-06-12T00:00:00Z", nil, "ValidUntil should be after ValidFrom."),
      (nil, "2027-05-20T02:29:57.001Z", "A room can be valid for 180 days at most."),
      (
        "2026-11-24T00:00:00Z", "2027-06-15T00:00:00Z", "A room can be valid for 180 days at most."
      ),
    ] as [(String?, String?, String)])
  func impossible(from: String?, until: String?, message: String) throws {
    let body: JSONValue = [
      "validFrom": from.map(JSONValue.string) ?? nil,
      "validUntil": until.map(JSONValue.string) ?? nil,
    ]
    let target = "validUntil"
    try expectError(bench.signed(town.creation(body)), 400, "BadRequest", message, target: target)
    let room = try town.room()
    let response = bench.signed(town.update(room.id, body))
    try expectError(response, 400, "BadRequest", message, target: target)
    #expect(response.headers["x-ms-error-code"] == "BadRequest")
    #expect(try RoomModel(bytes: bench.signed(requests.room(room.id)).body) == room)
  }

  @Test(
    "validities at the edge are taken",
    arguments: [
      (nil, "2027-05-20T02:29:57Z"), ("2027-05-20T02:29:56Z", nil),
      ("2026-11-22T00:00:00Z", "2027-05-21T00:00:00Z"),
      ("2026-11-21T02:24:57Z", "2026-11-21T02:34:57Z"), ("2026-11-21T02:29:50Z", nil),
    ] as [(String?, String?)])
  func possible(from: String?, until: String?) throws {
    let body: JSONValue = [
      "validFrom": from.map(JSONValue.string) ?? nil,
      "validUntil": until.map(JSONValue.string) ?? nil,
    ]
    #expect(bench.signed(town.creation(body)).status == 201)
  }

  @Test("a room that is over can still be read, changed otherwise, and given new times")
  func over() throws {
    let room = try town.room(["validUntil": "2026-11-21T03:00:00Z"])
    bench.clock.advance(by: .seconds(7200))
    #expect(bench.signed(requests.room(room.id)).status == 200)
    #expect(bench.signed(town.update(room.id, ["pstnDialOutEnabled": true])).status == 200)
    #expect(bench.signed(town.update(room.id, [:])).status == 200)
    let response = bench.signed(town.update(room.id, ["validUntil": "2026-11-22T00:00:00Z"]))
    let longer = try RoomModel(bytes: response.body)
    #expect(longer.validUntil.text == "2026-11-22T00:00:00.000000+00:00")
    #expect(longer.pstnDialOutEnabled == true)
  }

  @Test(
    "what is no id of a room is refused",
    arguments: [
      "invalid_id", "123", "98199690362660524", "9919969036266052４", "99 99690362660524",
      "991996903626605240", "%FF",
    ])
  func badIDs(id: String) throws {
    for request in town.operations(on: id) {
      try expectError(bench.signed(request), 400, "BadRequest", "The room id is invalid.")
    }
  }

  @Test("a room of another resource is not there")
  func foreign() throws {
    for request in town.operations(on: "99199690362660524") {
      try expectError(bench.signed(request), 404, "NotFound", "The room was not found.")
    }
  }

  @Test("the list has all rooms once, page by page, whatever is deleted meanwhile")
  func list() throws {
    let empty = bench.signed(requests.rooms())
    #expect(empty.text == #"{"value":[]}"#)
    var ids: [String] = []
    for _ in 0..<5 { ids.append(try town.room().id) }
    let all = try PageModel<RoomModel>(bytes: bench.signed(requests.rooms()).body)
    #expect(all.value.map(\.id) == ids && all.nextLink == nil)

    var request = town.request("GET", "/rooms?maxPageSize=2")
    var pages: [[String]] = []
    while true {
      let page = try PageModel<RoomModel>(bytes: bench.signed(request).body)
      pages.append(page.value.map(\.id))
      guard let link = page.nextLink else { break }
      #expect(link.hasPrefix("\(Bench.origin)/rooms?") && link.hasSuffix("api-version=2025-03-13"))
      if pages.count == 1 { bench.signed(requests.delete(ids[0])) }
      request = try requests.next(link)
    }
    #expect(pages == [Array(ids[0..<2]), Array(ids[2..<4]), [ids[4]]])
    #expect(bench.signed(town.request("GET", "/rooms?continuationToken=x")).status == 400)
    #expect(bench.signed(town.request("GET", "/rooms?maxPageSize=0")).status == 400)
  }

  @Test("only who holds the key is let in, in the words of the service")
  func unsigned() throws {
    let user = try bench.user()
    for request in town.operations(on: "99199690362660524") + [requests.rooms(), town.creation()] {
      let response = bench.send(request)
      try expectError(response, 401, "Denied", "Denied by the resource provider.")
      #expect(response.headers["x-ms-error-code"] == "Denied")
      #expect(bench.send(request, as: user).status == 401)
    }
  }

  @Test("a token of the Entra authority does, too")
  func entra() throws {
    let authority = Authority(bench: bench)
    var request = town.creation()
    let token = try authority.token(authority.bySecret())
    request.headers["Authorization"] = "Bearer \(token.reveal())"
    #expect(bench.send(request).status == 201)
  }

  @Test(
    "a version must be there and known; older ones have no telephones",
    arguments: [
      (nil, 400, false), ("2022-02-01", 400, false), ("2023-06-14", 201, false),
      ("2024-04-15", 201, true), ("2025-03-13", 201, true), ("2099-01-01", 201, true),
    ] as [(String?, Int, Bool)])
  func versions(version: String?, status: Int, hasDialOut: Bool) throws {
    let request = bench.request(
      "POST", "/rooms", ["pstnDialOutEnabled": true], version: version)
    let response = bench.signed(request)
    #expect(response.status == status)
    guard status == 201 else { return }
    let room = try RoomModel(bytes: response.body)
    #expect(room.pstnDialOutEnabled == (hasDialOut ? true : nil))
    let now = try RoomModel(bytes: bench.signed(requests.room(room.id)).body)
    #expect(now.pstnDialOutEnabled == hasDialOut)
  }

  @Test("bodies that cannot be read are refused with their place")
  func malformed() throws {
    var request = town.creation()
    request.body = Array("{\n  \"validFrom\": tomorrow}".utf8)
    let response = bench.signed(request)
    #expect(response.status == 400)
    #expect(response.headers["X-Confab-Why"]?.contains("line 2, column 16") == true)
    let wrong = bench.signed(town.creation(["validFrom": "2026-02-30T00:00:00Z"]))
    #expect(wrong.headers["X-Confab-Why"]?.contains("validFrom: This should be a time") == true)
    let room = try town.room()
    request = town.update(room.id, [:])
    request.body = []
    #expect(bench.signed(request).status == 400)
    #expect(bench.signed(town.request("PUT", "/rooms/\(room.id)")).status == 405)
    #expect(bench.signed(town.request("POST", "/rooms/\(room.id)/participants")).status == 405)
  }
}
