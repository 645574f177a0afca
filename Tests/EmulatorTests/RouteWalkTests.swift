import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

/// Every route in every wrong way: each refusal has to say why.
struct RouteWalkTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  func expectReason(
    _ response: HTTPResponse, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard response.status >= 400 else { return }
    #expect(
      response.headers["X-Confab-Why"]?.isEmpty == false, "\(what) gave \(response.status)",
      sourceLocation: sourceLocation)
  }

  @Test("every refusal of every route says why")
  func routes() throws {
    let user = try bench.user()
    var refusals = 0
    for route in Router.all {
      let path = route.path.replacing("{}", with: "x")
      for body in ["", "{", "[]", #"{"x":1}"#, "\u{1}"] {
        for version in [nil, "2024-03-07", "1999-01-01"] {
          for method in [route.method, "PROPFIND"] {
            var request = bench.request(method, path, version: version)
            request.body = Array(body.utf8)
            let responses = [
              bench.send(request), bench.signed(request), bench.send(request, as: user),
              bench.send(request, as: User(id: user.id, token: Secret("nonsense"))),
            ]
            for response in responses {
              expectReason(response, "\(method) \(path) \(body)")
              refusals += response.status >= 400 ? 1 : 0
            }
          }
        }
      }
    }
    #expect(refusals > 1000)
  }

  @Test("every refusal of the administration says why")
  func administration() {
    for route in AdminRoute.all {
      let path = route.path.replacing("{}", with: "x")
      // These would forget what the next ones ask for.
      for body in ["", "{", "[]", #"{"x":1}"#] {
        for method in [route.method, "PROPFIND"] {
          expectReason(bench.administer(method, path, text: body), "\(method) \(path) \(body)")
        }
      }
    }
  }

  @Test(
    "what ACS has and the emulator has not is 501, by name",
    arguments: [
      ("POST", "/emails:send", "email"), ("GET", "/emails/operations/1", "email"),
      ("GET", "/phoneNumbers", "phone numbers"),
      ("POST", "/availablePhoneNumbers/countries/US/:search", "phone numbers"),
      ("POST", "/messages/notifications:send", "advanced messaging"),
      ("GET", "/messages/streams/x", "advanced messaging"),
      ("PATCH", "/routing/jobs/1", "job router"), ("GET", "/routing/queues", "job router"),
      ("POST", "/networkTraversal/:issueRelayConfiguration", "network traversal"),
      ("GET", "/sip", "SIP"),
    ])
  func absent(method: String, path: String, gap: String) {
    let response = bench.send(bench.request(method, path))
    #expect(response.status == 501)
    #expect(response.headers["X-Confab-Why"]?.contains(gap) == true)
  }
}
