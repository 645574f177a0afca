public import ACSTypes
import ACSWire
public import Services

/// Finds people through the trusted service, as ACS has no directory: `GET /users?q=`.
public struct TrustedServiceDirectory: Directory {
  /// How many people are taken of an answer.
  private static let limit = 50

  private let origin: String
  private let path: String
  private let exchange: any ServiceExchange
  private let timeout: Duration

  /// The directory of the trusted service at `url`, to whose path `/users` is added unless it ends so.
  ///
  /// - Parameters:
  ///   - url: The trusted service's address, slashes at its end allowed.
  ///   - exchange: Sends in the user's name.
  ///   - timeout: How long an answer is waited for.
  /// - Throws: `ServiceError` with code `.badSettings`.
  public init(
    url: String, exchange: any ServiceExchange, timeout: Duration = .seconds(10)
  ) throws {
    guard let address = HTTPAddress(url), !address.target.contains("?") else {
      throw ServiceError(
        .badSettings,
        "The trusted service's address is none. Write http:// or https://, a host and perhaps a path."
      )
    }
    origin = address.origin
    var path = address.target[...]
    while path.last == "/" { path.removeLast() }
    self.path = path.hasSuffix("/users") ? String(path) : "\(path)/users"
    self.exchange = exchange
    self.timeout = timeout
  }

  /// People whose name contains `text`, in the trusted service's order.
  public func people(matching text: String) async throws -> [Person] {
    try await people("q=\(text.percentEncoded)")
  }

  /// Those of some people whom the trusted service knows: `GET /users?ids=`, with ids that commas part.
  ///
  /// One that does not know `ids` looks for people called like an id, and finds nobody.
  public func people(_ identifiers: [CommunicationIdentifier]) async throws -> [Person] {
    guard let first = identifiers.first else { return [] }
    let ids = identifiers.map(\.rawID.percentEncoded).joined(separator: ",")
    return try await people("ids=\(ids)&q=\(first.rawID.percentEncoded)")
  }

  private func people(_ query: String) async throws -> [Person] {
    let request = HTTPRequest(
      method: "GET", origin: origin, target: "\(path)?\(query)",
      headers: ["Accept": "application/json"], timeout: timeout)
    let answer: PeopleAnswer = try await exchange.answer(to: request, during: "looking for people")
    return answer.users.prefix(TrustedServiceDirectory.limit).map(\.person)
  }
}

/// `{"users":[{"id":"8:acs:…","displayName":"Bob"}]}`.
private struct PeopleAnswer: WireValue {
  let users: [PersonModel]

  init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    users = try members.required("users", .value)
  }

  var json: JSONValue { ["users": users.json] }
}

/// One entry of the answer.
private struct PersonModel: WireValue {
  let person: Person

  init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    person = Person(
      identifier: CommunicationIdentifier(rawID: try members.required("id", .string)),
      displayName: try members.optional("displayName", .string) ?? "")
  }

  var json: JSONValue {
    ["id": .string(person.identifier.rawID), "displayName": .string(person.displayName)]
  }
}
