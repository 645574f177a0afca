import ACSTypes
import ACSWire

extension Core {
  /// Answers the administration interface: `GET` and `POST /subscriptions`, `DELETE /subscriptions/{id}`.
  ///
  /// It has no authorisation, so a request whose `Host` is no name of loopback is refused: a web page could send it to
  /// a name that it points at 127.0.0.1.
  mutating func administer(_ request: HTTPRequest) -> HTTPResponse {
    do {
      return try administration(request)
    } catch let refusal as Refusal {
      return HTTPResponse(refusal, plane: .other)
    } catch let error as StoreError {
      return HTTPResponse(Refusal(error), plane: .other)
    } catch {
      return HTTPResponse(
        Refusal(500, "InternalServerError", "The emulator failed.", why: "\(error)"), plane: .other
      )
    }
  }

  private mutating func administration(_ request: HTTPRequest) throws -> HTTPResponse {
    let host = request.headers["Host"] ?? String(request.host)
    guard Loopback.isName(host) else {
      throw Refusal(
        403, "Forbidden", "The administration interface is for this machine only.",
        why: "Use 127.0.0.1, [::1] or localhost; the Host header was \(host).")
    }
    let segments = request.path.split(separator: "/").map { $0.percentDecoded ?? String($0) }
    switch (request.method, segments.count, segments.first) {
    case ("GET", 0, nil):
      return HTTPResponse(
        status: 200, headers: ["Content-Type": "text/plain; charset=utf-8"],
        body: Array("This is the administration interface of the Confab emulator.\n".utf8))
    case ("GET", 1, "subscriptions"):
      return .json(["value": .array(subscriptions.map(\.json))] as JSONValue)
    case ("POST", 1, "subscriptions"):
      let body = try Exchange(request, now: .epoch).body(as: JSONValue.self)
      guard let url = body["url"]?.string else {
        throw Refusal(400, "BadRequest", "url: This is required and missing.", target: "url")
      }
      return .json(try subscribe(to: url, isKept: true).json, status: 201)
    case ("DELETE", 2, "subscriptions"):
      guard let place = subscriptions.firstIndex(where: { $0.id == segments[1] }) else {
        throw Refusal(404, "NotFound", "There is no subscription \(segments[1]).")
      }
      try store.removeSubscription(subscriptions.remove(at: place).id)
      return .empty(204)
    default:
      throw Refusal(
        404, "NotFound", "The administration interface has no \(request.method) \(request.path).",
        why: "It has GET and POST /subscriptions, and DELETE /subscriptions/{id}.")
    }
  }
}

/// The names of this machine for itself.
enum Loopback {
  /// True when `host`, with or without a port, is one of them.
  static func isName(_ host: String) -> Bool {
    let host = host.lowercased()
    return ["127.0.0.1", "localhost", "[::1]"].contains { name in
      host == name
        || (host.hasPrefix("\(name):") && host.dropFirst(name.count + 1).allSatisfy(\.isNumber))
    }
  }
}
