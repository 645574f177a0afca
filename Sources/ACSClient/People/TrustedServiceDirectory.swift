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

  /// The directory of the trusted service at `url`, to whose path `/users` is added.
  ///
  /// - Parameters:
  ///   - url: The trusted service's address, slashes at its end allowed.
  ///   - exchange: Sends in the user's name.
  /// - Throws: `ServiceError` with code `.badSettings`.
  public init(url: String, exchange: any ServiceExchange) throws {
    guard let address = HTTPAddress(url), !address.target.contains("?") else {
      throw ServiceError(
        .badSettings,
        "The trusted service's address is none. Write http:// or https://, a host and perhaps a path."
      )
    }
    origin = address.origin
    var path = address.target[...]
    while path.last == "/" { path.removeLast() }
    self.path = "\(path)/users"
    self.exchange = exchange
  }

  /// People whose name contains `text`, in the trusted service's order.
  public func people(matching text: String) async throws -> [Person] {
    let request = HTTPRequest(
      method: "GET", origin: origin, target: "\(path)?q=\(text.percentEncoded)",
      headers: ["Accept": "application/json"], timeout: .seconds(10))
    let answer: PeopleAnswer = try await exchange.answer(to: request, during: "looking for people")
    return Array(answer.people.prefix(TrustedServiceDirectory.limit))
  }
}

/// `{"users":[{"id":"8:acs:…","displayName":"Bob"}]}`.
private struct PeopleAnswer: WireValue {
  let people: [Person]

  init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    let entries: [JSONValue] = try members.required("users", .value)
    var people: [Person] = []
    for entry in entries {
      var members = try MemberReader(entry)
      let identifier = CommunicationIdentifier(rawID: try members.required("id", .string))
      let name = try members.optional("displayName", .string) ?? ""
      people.append(Person(identifier: identifier, displayName: name))
    }
    self.people = people
  }

  var json: JSONValue {
    [
      "users": .array(
        people.map {
          ["id": .string($0.identifier.rawID), "displayName": .string($0.displayName)]
        })
    ]
  }
}
