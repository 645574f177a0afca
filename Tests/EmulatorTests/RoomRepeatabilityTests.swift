import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct RoomRepeatabilityTests {
  let id = "9ba590f3-a5ad-4c7e-b425-1ea418620633"

  @Test("a creation sent again makes no second room and gets the same answer")
  func once() throws {
    let town = RoomTown(bench: try Bench())
    let first = town.bench.signed(town.creation(["pstnDialOutEnabled": true], id: id))
    let room = try RoomModel(bytes: first.body)
    town.bench.signed(town.update(room.id, ["pstnDialOutEnabled": false]))
    town.bench.clock.advance(by: .seconds(3600))
    // The id's case does not matter, nor when the repetition says that it was sent.
    let again = town.bench.signed(
      town.creation(
        ["pstnDialOutEnabled": true], id: id.uppercased(), sent: "2026-11-21T02:29:57.874Z"))
    #expect(again.status == 201)
    #expect(again.body == first.body)
    #expect(again.headers["Location"] == room.id)
    #expect(again.headers["Repeatability-Result"] == "accepted")
    let list = try PageModel<RoomModel>(bytes: town.bench.signed(town.requests.rooms()).body)
    #expect(list.value.map(\.id) == [room.id])
  }

  @Test("the id with another body is refused, another id makes another room")
  func others() throws {
    let town = RoomTown(bench: try Bench())
    let first = try RoomModel(bytes: town.bench.signed(town.creation(id: id)).body)
    try expectError(
      town.bench.signed(town.creation(["pstnDialOutEnabled": true], id: id)), 400, "BadRequest",
      "The Repeatability-Request-ID was used with another body.")
    #expect(try town.room().id != first.id)
  }

  @Test("a refused creation can be sent again")
  func refused() throws {
    let town = RoomTown(bench: try Bench())
    let body: JSONValue = ["validFrom": "2027-05-20T03:00:00Z"]
    #expect(town.bench.signed(town.creation(body, id: id)).status == 400)
    town.bench.clock.advance(by: .seconds(3600))
    #expect(town.bench.signed(town.creation(body, id: id)).status == 201)
  }

  @Test("without the headers nothing is repeatable, and nothing says so")
  func without() throws {
    let town = RoomTown(bench: try Bench())
    let request = town.request("POST", "/rooms", [:])
    let first = town.bench.signed(request)
    #expect(first.status == 201)
    #expect(first.headers["Repeatability-Result"] == nil)
    #expect(town.bench.signed(request).body != first.body)
  }

  @Test(
    "headers that are no id and no time are refused",
    arguments: [
      ("r1", "Sat, 21 Nov 2026 02:29:57 GMT", "Repeatability-Request-ID is invalid."),
      ("", "Sat, 21 Nov 2026 02:29:57 GMT", "Repeatability-Request-ID is invalid."),
      (
        "9ba590f3-a5ad-4c7e-b425-1ea418620633", nil,
        "Repeatability-First-Sent is missing or invalid."
      ),
      (
        "9ba590f3-a5ad-4c7e-b425-1ea418620633", "now",
        "Repeatability-First-Sent is missing or invalid."
      ),
    ] as [(String, String?, String)])
  func malformed(id: String, sent: String?, message: String) throws {
    let town = RoomTown(bench: try Bench())
    try expectError(
      town.bench.signed(town.creation(id: id, sent: sent)), 400, "BadRequest", message)
  }

  @Test("rooms, their people and the answers to repeated requests outlive a restart")
  func restart() throws {
    try StoreTests().withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      var made: RoomModel?
      do {
        let town = RoomTown(bench: try Bench(path: path))
        let body: JSONValue = [
          "validFrom": "2026-12-01T09:00:00.123456Z",
          "participants": ["4:+15551234567": ["role": "Consumer"]],
        ]
        made = try RoomModel(bytes: town.bench.signed(town.creation(body, id: id)).body)
      }
      let town = RoomTown(bench: try Bench(path: path, seed: 2))
      let room = try #require(made)
      #expect(
        try RoomModel(bytes: town.bench.signed(town.requests.room(room.id)).body) == room)
      #expect(try town.participants(of: room.id) == ["4:+15551234567": .consumer])
      let body: JSONValue = [
        "validFrom": "2026-12-01T09:00:00.123456Z",
        "participants": ["4:+15551234567": ["role": "Consumer"]],
      ]
      let again = town.bench.signed(town.creation(body, id: id))
      #expect(try RoomModel(bytes: again.body) == room)
      #expect(try town.room().id != room.id)
    }
  }
}
