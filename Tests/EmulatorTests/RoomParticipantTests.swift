import ACSTypes
import ACSWire
import Testing

@testable import Emulator

struct RoomParticipantTests {
  let town: RoomTown
  let john: String
  let fred: String
  let chris: String
  var bench: Bench { town.bench }

  init() throws {
    let bench = try Bench()
    town = RoomTown(bench: bench)
    john = try bench.user().id.rawID
    fred = try bench.user().id.rawID
    chris = try bench.user().id.rawID
  }

  /// Changes as a body has them.
  func people(_ pairs: (String, JSONValue)...) -> JSONValue { .object(JSONObject(pairs)) }

  @Test("people are invited with the room; without a role they are attendees")
  func create() throws {
    let room = try town.room([
      "participants": people(
        (john, ["role": "Presenter"]), (fred, ["role": nil]), (chris, [:]), ("4:+15551234567", nil)
      )
    ])
    #expect(
      try town.participants(of: room.id) == [john: .presenter, fred: .attendee, chris: .attendee])
  }

  @Test("a merge patch adds, changes and removes, and leaves the others")
  func update() throws {
    let room = try town.room([
      "participants": people((john, ["role": "Presenter"]), (chris, ["role": "Collaborator"]))
    ])
    let response = bench.signed(
      town.change(room.id, people((john, ["role": "Consumer"]), (fred, ["role": nil]))))
    #expect(response.status == 200)
    #expect(response.text == "{}")
    #expect(
      try town.participants(of: room.id)
        == [john: .consumer, fred: .attendee, chris: .collaborator])
    // A null role is Attendee for who was something else, too.
    bench.signed(town.change(room.id, people((john, ["role": nil]), (chris, nil))))
    #expect(try town.participants(of: room.id) == [john: .attendee, fred: .attendee])
    // Removing who is not there is no mistake.
    #expect(bench.signed(town.change(room.id, people((chris, nil)))).status == 200)
    #expect(
      bench.signed(town.request("PATCH", "/rooms/\(room.id)/participants", [:])).status == 200)
    #expect(try town.participants(of: room.id) == [john: .attendee, fred: .attendee])
  }

  @Test(
    "malformed identifiers are refused, and then nobody is invited",
    arguments: [
      "wrong_mri", "", "8:acs:", "8:acs:x_y", "4:", "8:orgid:",
      "8:acs:5d1c0000-0000-4000-8000-000000000000", "🎻",
    ])
  func malformed(id: String) throws {
    let room = try town.room(["participants": people((john, ["role": "Presenter"]))])
    for change: JSONValue in [["role": "Attendee"], nil] {
      let changes = people((john, nil), (id, change))
      try expectError(
        bench.signed(town.change(room.id, changes)), 400, "BadRequest",
        "Identifier format is invalid (\(id)).")
      #expect(bench.signed(town.creation(["participants": changes])).status == 400)
    }
    #expect(try town.participants(of: room.id) == [john: .presenter])
    let list = try PageModel<RoomModel>(bytes: bench.signed(town.requests.rooms()).body)
    #expect(list.value.map(\.id) == [room.id])
  }

  @Test(
    "unknown roles are refused; Collaborator is one before 2025-03-13",
    arguments: [
      ("Kafka", "2025-03-13", 400), ("presenter", "2025-03-13", 400), ("", "2025-03-13", 400),
      ("Collaborator", "2025-03-13", 200), ("Collaborator", "2024-04-15", 400),
      ("Collaborator", "2023-06-14", 400), ("Consumer", "2023-06-14", 200),
    ])
  func roles(role: String, version: String, status: Int) throws {
    let room = try town.room()
    let request = bench.request(
      "PATCH", "/rooms/\(room.id)/participants",
      ["participants": people((john, ["role": .string(role)]))], version: version)
    let response = bench.signed(request)
    #expect(response.status == status)
    guard status == 400 else { return }
    try expectError(
      response, 400, "BadRequest", "The role is invalid.", target: "participants")
    #expect(response.headers["X-Confab-Why"]?.contains("Presenter, Attendee, Consumer") == true)
    #expect(try town.participants(of: room.id) == [:])
  }

  @Test("long lists come in pages, in the order in which people came")
  func pages() throws {
    let ids = (1...250).map { "4:+1555000\($0)" }
    let changes = JSONObject(ids.map { ($0, ["role": "Consumer"]) })
    let room = try town.room(["participants": .object(changes)])
    bench.signed(town.change(room.id, people((ids[0], nil))))
    bench.signed(town.change(room.id, people((ids[0], [:]))))
    var found: [String] = []
    var sizes: [Int] = []
    var request = town.requests.participants(of: room.id)
    while true {
      let page = try PageModel<RoomParticipantModel>(bytes: bench.signed(request).body)
      sizes.append(page.value.count)
      found += page.value.map(\.rawID)
      guard let link = page.nextLink else { break }
      request = try town.requests.next(link)
    }
    #expect(sizes == [100, 100, 50])
    #expect(found == ids[1...] + [ids[0]])
  }
}
