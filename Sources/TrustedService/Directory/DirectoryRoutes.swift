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

  /// `GET /users?q=`: `{"users":[{"id":…,"displayName":…}]}`, by name; with `ids=`, those of them who have a name.
  private func search(_ call: RouteCall) async throws -> HTTPResponse {
    let query = try call.query
    let people =
      if let ids = query["ids"] {
        try await known(ids)
      } else {
        try await users.people(matching: query["q"] ?? "", limit: DirectoryRoutes.limit)
      }
    return .json([
      "users": .array(
        people.map {
          ["id": .string($0.identifier.rawID), "displayName": .string($0.displayName)]
        })
    ])
  }

  /// Those of `ids`, which commas part, who are known and have a name, in the order of the question.
  private func known(_ ids: String) async throws -> [Person] {
    let ids = ids.split(separator: ",").map { CommunicationIdentifier(rawID: String($0)) }
    guard ids.count <= DirectoryRoutes.limit else {
      throw RequestProblem.badRequest("Ask about \(DirectoryRoutes.limit) people at most.")
    }
    let names = try await users.displayNames(of: ids)
    var seen: Set<CommunicationIdentifier> = []
    return ids.compactMap { id in
      guard let name = names[id], !name.isEmpty, seen.insert(id).inserted else { return nil }
      return Person(identifier: id, displayName: name)
    }
  }
}
