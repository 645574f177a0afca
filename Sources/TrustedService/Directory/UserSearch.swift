import ACSTypes
import ACSWire

/// `GET /users?q=`: who else is known, which ACS itself does not tell.
struct UserSearch: Sendable {
  /// The most people in one answer.
  static let limit = 50

  let users: UserStore

  /// `{"users":[{"id":…,"displayName":…}]}`, by name.
  func get(_ request: HTTPRequest) throws -> HTTPResponse {
    let text = try QueryItems(request.query)["q"] ?? ""
    let people = try users.people(matching: text, limit: UserSearch.limit)
    return .json([
      "users": .array(
        people.map {
          ["id": .string($0.identifier.rawID), "displayName": .string($0.displayName)]
        })
    ])
  }
}
