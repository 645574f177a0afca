import ACSTypes
import ACSWire
import Testing

@testable import Emulator

/// Short ways to the rooms of an emulator.
struct RoomTown {
  let bench: Bench
  let requests = RoomsRequests(endpoint: Bench.origin)

  /// A request of the newest version.
  func request(_ method: String, _ target: String, _ body: JSONValue? = nil) -> HTTPRequest {
    bench.request(method, target, body, version: "2025-03-13")
  }

  /// A creation with an id of its own, or with a given one.
  func creation(
    _ body: JSONValue = [:], id: String? = nil, sent: String? = "Sat, 21 Nov 2026 02:29:57 GMT"
  ) -> HTTPRequest {
    var request = request("POST", "/rooms", body)
    let number = String(bench.fresh())
    let zeros = String(repeating: "0", count: 12 - number.count)
    request.headers["Repeatability-Request-ID"] =
      id ?? "5d1c0000-0000-4000-8000-\(zeros)\(number)"
    request.headers["Repeatability-First-Sent"] = sent
    return request
  }

  /// A new room.
  func room(_ body: JSONValue = [:]) throws -> RoomModel {
    let response = bench.signed(creation(body))
    #expect(response.status == 201, "\(response.text)")
    return try RoomModel(bytes: response.body)
  }

  /// A change of a room.
  func update(_ id: String, _ body: JSONValue) -> HTTPRequest {
    request("PATCH", "/rooms/\(id.percentEncoded)", body)
  }

  /// A change of a room's participants.
  func change(_ id: String, _ people: JSONValue) -> HTTPRequest {
    request("PATCH", "/rooms/\(id)/participants", ["participants": people])
  }

  /// Every operation on one room.
  func operations(on id: String) -> [HTTPRequest] {
    [
      requests.room(id), requests.update(id, UpdateRoomRequest()), requests.delete(id),
      requests.participants(of: id),
      requests.updateParticipants(of: id, RoomParticipantChanges([])),
    ]
  }

  /// The roles in a room.
  func participants(of id: String) throws -> [String: RoomRole] {
    let page = try PageModel<RoomParticipantModel>(
      bytes: bench.signed(requests.participants(of: id)).body)
    return Dictionary(uniqueKeysWithValues: page.value.map { ($0.rawID, $0.role) })
  }
}
