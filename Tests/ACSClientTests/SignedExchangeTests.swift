import ACSClient
import ACSTypes
import Services
import Synchronization
import Testing
import TestKit

struct SignedExchangeTests {
  /// Proves requests with numbered proofs, as long as there are any.
  final class Proofs: RequestAuthoriser {
    private let number = Mutex(1)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
      var authorised = request
      authorised.headers["Authorization"] = "Proof \(number.withLock { $0 })"
      return authorised
    }

    func refused(_ request: HTTPRequest) async -> Bool {
      number.withLock { number in
        guard number < limit else { return false }
        number += 1
        return true
      }
    }
  }

  /// Dates requests as a signer does.
  struct Dated: RequestAuthoriser {
    let date: Timestamp

    func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
      var authorised = request
      authorised.headers["x-ms-date"] = date.httpDate
      return authorised
    }
  }

  static let origin = "https://a.example"
  static let request = HTTPRequest(method: "GET", origin: origin, target: "/x")
  static let refusal = #"{"error":{"code":"Denied","message":"Denied by the resource provider."}}"#

  @Test("after a 401 other proof is tried once")
  func otherProof() async throws {
    let exchange = ScriptedExchange([
      .answer("GET", "\(Self.origin)/x", status: 401), .answer("GET", "\(Self.origin)/x"),
    ])
    let signed = SignedExchange(exchange: exchange, authoriser: Proofs(limit: 9))
    _ = try await signed.send(Self.request, during: "trying")
    #expect(exchange.requests.map { $0.headers["Authorization"] } == ["Proof 1", "Proof 2"])
    #expect(exchange.unmet.isEmpty && exchange.anomalies.isEmpty)
  }

  @Test("a second 401, and a first one without other proof, are told", arguments: [1, 9])
  func refused(limit: Int) async throws {
    let tries = limit == 1 ? 1 : 2
    let line = ScriptedExchange.Line.answer(
      "GET", "\(Self.origin)/x", status: 401, body: Self.refusal)
    let exchange = ScriptedExchange(Array(repeating: line, count: tries))
    let signed = SignedExchange(exchange: exchange, authoriser: Proofs(limit: limit))
    let error = await #expect(throws: ServiceError.self) {
      try await signed.send(Self.request, during: "trying")
    }
    #expect(
      error?.message == "Failed trying: Denied by the resource provider. [401 Denied]")
    #expect(exchange.unmet.isEmpty && exchange.anomalies.isEmpty)
  }

  @Test(
    "when a signature is refused and the clock is off, the error says by how much",
    arguments: [
      (
        401, 1200,
        " This computer's clock is about 20 min behind the service's. Set it: signatures with another time are refused."
      ),
      (
        401, -1230,
        " This computer's clock is about 21 min ahead of the service's. Set it: signatures with another time are refused."
      ),
      (401, 119, ""), (401, -119, ""), (401, 0, ""), (403, 1200, ""),
    ])
  func clockSkew(status: Int, behind: Int, words: String) async throws {
    let now = Timestamp(seconds: 1_795_228_197)
    let exchange = ScriptedExchange([
      .answer(
        "GET", "\(Self.origin)/x", status: status,
        headers: ["Date": (now + .seconds(behind)).httpDate], body: Self.refusal)
    ])
    let signed = SignedExchange(exchange: exchange, authoriser: Dated(date: now))
    let error = await #expect(throws: ServiceError.self) {
      try await signed.send(Self.request, during: "trying")
    }
    #expect(
      error?.message
        == "Failed trying: Denied by the resource provider. [\(status) Denied]\(words)")
  }

  @Test("an answer without a date, or with one that is none, says nothing of the clock")
  func noDate() async throws {
    for headers in [[:], ["Date": "yesterday"]] as [HTTPHeaders] {
      let exchange = ScriptedExchange([
        .answer("GET", "\(Self.origin)/x", status: 401, headers: headers)
      ])
      let signed = SignedExchange(
        exchange: exchange, authoriser: Dated(date: Timestamp(seconds: 0)))
      let error = await #expect(throws: ServiceError.self) {
        try await signed.send(Self.request, during: "trying")
      }
      #expect(error?.message.contains("clock") == false)
    }
  }
}
