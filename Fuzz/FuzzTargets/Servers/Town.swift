import ACSTypes
import ACSWire
import Emulator
import ServiceAuth
import TestKit

/// An emulator in memory with three people, and what was answered last.
///
/// Belongs to one thread.
final class Town {
  static let origin = "https://127.0.0.1:7751"

  let emulator: Emulator
  /// Moves when a line of the input says so.
  var now = Timestamp(milliseconds: 1_795_228_197_000)
  /// Those who may ask, by the letter that stands for each.
  private(set) var people: [Character: Person] = [:]

  private let key = AccessKey(random: SeededRandom(seed: 7))

  /// Somebody with a token.
  struct Person {
    let id: String
    let token: Secret
  }

  init() throws {
    emulator = try Emulator(
      path: nil, accessKeys: [key], tokenKey: try FuzzTarget.tokenKey.get(),
      entraKey: try FuzzTarget.tokenKey.get(), random: SeededRandom(seed: 7))
    emulator.isReached(at: Town.origin)
    for letter in "abc" {
      let request = IdentityRequests(endpoint: Town.origin).create(
        scopes: [.chat, .voip], expiresInMinutes: nil)
      let answer = emulator.respond(to: signed(request), now: now).response
      let result = try CommunicationIdentityAccessTokenResult(bytes: answer.body)
      people[letter] = result.accessToken.map { Person(id: result.identity.id, token: $0.token) }
    }
  }

  /// The request with what proves who sends it: `k` the access key, a person's letter a token, else nothing.
  func authorised(_ request: HTTPRequest, as sender: Character) -> HTTPRequest {
    if sender == "k" { return signed(request) }
    guard let token = people[sender]?.token.reveal() else { return request }
    var request = request
    request.headers["Authorization"] = "Bearer \(token)"
    request.headers["X-Skypetoken"] = token
    return request
  }

  private func signed(_ request: HTTPRequest) -> HTTPRequest {
    HMACSigner.sign(request, with: key, now: now)
  }
}

extension Town {
  /// Says that an answer is one that a client can read: no server error, a code and a reason for every refusal.
  static func judge(_ response: HTTPResponse, to request: HTTPRequest) throws {
    let what = "\(request.method) \(request.target): \(response.status)"
    try require(200..<600 ~= response.status, "\(what) is no status")
    // 501 names what the emulator lacks; 503 is a fault that somebody asked for.
    try require(response.status < 500 || response.status == 501, "\(what) \(response.text)")
    for field in response.headers.fields {
      try require(
        !(field.name + field.value).utf8.contains { $0 < 0x20 || $0 == 0x7F },
        "\(what): a control character in the header \(field.name)")
    }
    let isJSON = response.headers["Content-Type"]?.hasPrefix("application/json") == true
    let json = isJSON ? try? JSONValue.parse(response.body) : nil
    try require(!isJSON || json != nil, "\(what): the body is no JSON: \(response.text)")
    guard response.status >= 400 else { return }
    try require(response.headers["X-Confab-Why"]?.isEmpty == false, "\(what) gives no reason")
    guard let json else { return }
    let error = json["CommunicationError"] ?? json["error"]
    let code = error?["Code"] ?? error?["code"] ?? error
    let hasMembers = json.object?.members.contains { $0.value.array != nil } == true
    try require(code?.string != nil || hasMembers, "\(what) has no code: \(response.text)")
  }
}
