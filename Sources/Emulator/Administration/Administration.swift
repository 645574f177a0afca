import Services
import ACSTypes
import ACSWire

extension Core {
  /// Answers the administration interface, whose operations ``AdminRoute`` lists.
  ///
  /// It has no authorisation, so a request whose `Host` is no name of loopback is refused: a web page could send it to
  /// a name that it points at 127.0.0.1.
  mutating func administer(_ request: HTTPRequest, now: Timestamp) -> EmulatorReply {
    do {
      return reply(try administration(Exchange(request, now: now)))
    } catch let refusal as Refusal {
      return reply(HTTPResponse(refusal, plane: .other))
    } catch let error as StoreError {
      return reply(HTTPResponse(Refusal(error), plane: .other))
    } catch {
      let refusal = Refusal(500, "InternalServerError", "The emulator failed.", why: "\(error)")
      return reply(HTTPResponse(refusal, plane: .other))
    }
  }

  private mutating func administration(_ exchange: Exchange) throws -> HTTPResponse {
    let request = exchange.request
    let host = request.headers["Host"] ?? String(request.host)
    guard Loopback.isName(host) else {
      throw Refusal(
        403, "Forbidden", "The administration interface is for this machine only.",
        why: "Use 127.0.0.1, [::1] or localhost; the Host header was \(host).")
    }
    // A page of the web can also post to 127.0.0.1 itself; its browser then says whose page it is.
    if let page = request.headers["Origin"] {
      throw Refusal(
        403, "Forbidden", "The administration interface is not for pages of the web.",
        why: "A page of \(page) sent this; use the command confab emulator.")
    }
    let segments = request.path.split(separator: "/").map { $0.percentDecoded ?? String($0) }
    guard !segments.isEmpty || request.method != "GET" else {
      return HTTPResponse(
        status: 200, headers: ["Content-Type": "text/plain; charset=utf-8"],
        body: Array("This is the administration interface of the Confab emulator.\n".utf8))
    }
    for route in AdminRoute.all where route.method == request.method {
      guard let arguments = route.arguments(in: segments) else { continue }
      return try route.action(&self, exchange, arguments)
    }
    let known = AdminRoute.all.map { "\($0.method) \($0.path)" }.joined(separator: ", ")
    throw Refusal(
      404, "NotFound", "The administration interface has no \(request.method) \(request.path).",
      why: "It has \(known).")
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
