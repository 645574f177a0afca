import ACSTypes
import ACSWire

/// Who else is known, which ACS itself does not tell.
struct DirectoryRoutes: Sendable {
  /// The most people in one answer.
  static let limit = 50

  let users: any UserStore

  var routes: [Route] {
    [Route("GET", "/users", .callers) { try await search($0) }]
  }

  /// `GET /users?q=`: `{"users":[{"id":…,"displayName":…}]}`, by name.
  private func search(_ call: RouteCall) async throws -> HTTPResponse {
    let text = try call.query["q"] ?? ""
    let people = try await users.people(matching: text, limit: DirectoryRoutes.limit)
    return .json([
      "users": .array(
        people.map {
          ["id": .string($0.identifier.rawID), "displayName": .string($0.displayName)]
        })
    ])
  }
}
