import ACSTypes
import ACSWire
import Emulator

/// Requests to an emulator as text, so that a corpus can be read and written by people.
///
///     a POST /chat/threads?api-version=2024-03-07
///     {"topic":"Boats"}
///     %%
///     a POST /chat/threads/$t/messages?api-version=2024-03-07
///     {"content":"Ahoy"}
///     %%
///     w 60
///
/// The first letter says who asks: `k` with the access key, `a`, `b`, `c` with a token, `-` nobody, `d` the
/// administration, `i` the metadata service, `p` to somebody's socket; `w` waits for seconds. Lines after the first
/// that have a colon and no brace before it are header fields. `$t $m $r $l` are the thread, message, room and call
/// that were made last, `$a $b $c` the people, `$n` the last link to a next page.
struct Script {
  /// Longer ones only take longer.
  private static let mostSteps = 24

  private let town: Town
  private var last: [Character: String] = [:]

  init(_ town: Town) {
    self.town = town
    for (letter, person) in town.people { last[letter] = person.id }
  }

  /// Plays the steps one after the other.
  mutating func play(_ source: String) throws {
    let steps = source.split(separator: "%%\n", omittingEmptySubsequences: true)
    for step in steps.prefix(Script.mostSteps) { try play(step: step) }
    _ = town.emulator.tick(now: town.now)
  }

  private mutating func play(step: Substring) throws {
    var lines = step.split(separator: "\n", omittingEmptySubsequences: false)[...]
    let words = (lines.popFirst() ?? "").split(separator: " ", maxSplits: 2)
    guard let sender = words.first?.first else { return }
    if sender == "w" {
      let seconds = words.dropFirst().first.flatMap { Int64($0) } ?? 0
      town.now = town.now + .seconds(min(max(seconds, 0), 86_400 * 100))
      for delivery in town.emulator.tick(now: town.now) { try judge(delivery) }
      return
    }
    guard words.count == 3 else { return }
    var request = HTTPRequest(
      method: String(words[1]), origin: Town.origin, target: filled(words[2], encoding: true))
    while let line = lines.first, let colon = line.firstIndex(of: ":"),
      !line[..<colon].contains(where: { "{[\"".contains($0) })
    {
      request.headers.append(
        name: String(line[..<colon]),
        value: filled(line[line.index(after: colon)...].drop { $0 == " " }))
      lines.removeFirst()
    }
    request.body = Array(filled(lines.joined(separator: "\n")[...]).utf8)
    try send(request, as: sender)
  }

  private mutating func send(_ request: HTTPRequest, as sender: Character) throws {
    let request = town.authorised(request, as: sender)
    switch sender {
    case "d":
      let reply = town.emulator.administer(request, now: town.now)
      try Town.judge(reply.response, to: request)
      remember(reply.response)
    case "i":
      let response = town.emulator.answerMetadata(request, now: town.now)
      try require(response.status < 500, "\(request.target): \(response.status) \(response.text)")
    case "p":
      town.emulator.push(request, now: town.now) { _ in }
    default:
      let reply = town.emulator.respond(to: request, now: town.now)
      try Town.judge(reply.response, to: request)
      for delivery in reply.deliveries { try judge(delivery) }
      remember(reply.response)
    }
  }

  private func judge(_ delivery: WebhookDelivery) throws {
    guard (try? JSONValue.parse(delivery.body)) != nil else {
      throw BrokenInvariant("a delivery that is no JSON: \(decoded(delivery.body))")
    }
  }

  private mutating func remember(_ response: HTTPResponse) {
    guard response.isSuccess, let json = try? JSONValue.parse(response.body) else { return }
    if let id = json["chatThread"]?["id"]?.string { last["t"] = id }
    if let id = json["callConnectionId"]?.string { last["l"] = id }
    if let id = json["id"]?.string { last[json["validFrom"] == nil ? "m" : "r"] = id }
    if let link = json["nextLink"]?.string { last["n"] = String(link.dropFirst(Town.origin.count)) }
  }

  /// The text with ids where `$x` stands.
  private func filled(_ text: Substring, encoding: Bool = false) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return String(text) }
    var result = ""
    var rest = text
    while let mark = rest.firstIndex(of: "$") {
      result += rest[..<mark]
      rest = rest[mark...].dropFirst()
      guard let letter = rest.first, let value = last[letter] else {
        result += "$"
        continue
      }
      result += encoding && letter != "n" ? value.percentEncoded : value
      rest.removeFirst()
    }
    return result + rest
  }
}

extension FuzzTarget {
  /// The whole emulator: sequences of requests to every plane; see ``Script``.
  static let emulator = FuzzTarget("emulator", longestInput: 8192) { bytes in
    var script = Script(try Town())
    try script.play(decoded(bytes))
  }
}
