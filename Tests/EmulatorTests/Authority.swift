import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

/// Short ways to ask the Entra authority and the metadata service of an emulator.
struct Authority {
  static let settings = EntraSettings()
  static let acs = "https://communication.azure.com"
  static let base = "/entra/\(settings.tenantID)"

  let bench: Bench

  /// Posts a form to an endpoint of the tenant.
  func post(
    _ endpoint: String, _ form: KeyValuePairs<String, String>, headers: HTTPHeaders = [:]
  ) -> HTTPResponse {
    let body = form.map { "\($0.percentEncoded)=\($1.percentEncoded)" }.joined(separator: "&")
    return bench.send(
      HTTPRequest(
        method: "POST", origin: Bench.origin, target: "\(Authority.base)/oauth2/v2.0/\(endpoint)",
        headers: headers, body: Array(body.utf8)))
  }

  /// Asks for a token by the application's secret.
  func bySecret(
    _ secret: String = settings.clientSecret.reveal(), client: String = settings.clientID,
    scope: String = "\(acs)//.default"
  ) -> HTTPResponse {
    post(
      "token",
      [
        "grant_type": "client_credentials", "client_id": client, "client_secret": secret,
        "scope": scope,
      ])
  }

  /// Asks for a token by somebody else's token.
  func byAssertion(_ assertion: String) -> HTTPResponse {
    post(
      "token",
      [
        "grant_type": "client_credentials", "client_id": Authority.settings.clientID,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion, "scope": "\(Authority.acs)/.default",
      ])
  }

  /// The access token of an answer that has one.
  func token(_ response: HTTPResponse) throws -> Secret {
    #expect(response.status == 200, "\(response.text)")
    return Secret(try #require(try JSONValue.parse(response.body)["access_token"]?.string))
  }

  /// Creates an identity with a token in place of a signature.
  func create(with token: Secret, now: Timestamp? = nil) -> HTTPResponse {
    var request = IdentityRequests(endpoint: Bench.origin).create()
    request.headers["Authorization"] = "Bearer \(token.reveal())"
    return bench.emulator.respond(to: request, now: now ?? bench.clock.now).response
  }

  /// Asks the metadata service.
  func metadata(
    _ target: String, headers: HTTPHeaders = ["Metadata": "true"], method: String = "GET"
  ) -> HTTPResponse {
    bench.emulator.answerMetadata(
      HTTPRequest(
        method: method, origin: "http://127.0.0.1:7752", target: target, headers: headers),
      now: bench.clock.now)
  }
}

/// Says that an answer is a refusal as Entra writes it.
func expectEntraError(
  _ response: HTTPResponse, _ status: Int, _ error: String, _ number: Int64,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(response.status == status, sourceLocation: sourceLocation)
  let body = try JSONValue.parse(response.body)
  #expect(body["error"]?.string == error, sourceLocation: sourceLocation)
  #expect(body["error_codes"] == [.integer(number)], sourceLocation: sourceLocation)
  let words = try #require(body["error_description"]?.string, sourceLocation: sourceLocation)
  #expect(words.hasPrefix("AADSTS\(number): "), sourceLocation: sourceLocation)
  let trace = try #require(body["trace_id"]?.string, sourceLocation: sourceLocation)
  let correlation = try #require(body["correlation_id"]?.string, sourceLocation: sourceLocation)
  let time = try #require(body["timestamp"]?.string, sourceLocation: sourceLocation)
  #expect(
    words.hasSuffix("Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(time)"),
    sourceLocation: sourceLocation)
  #expect(time.hasPrefix("2026-11-21 "), sourceLocation: sourceLocation)
  #expect(
    response.headers["X-Confab-Why"]?.isEmpty == false, sourceLocation: sourceLocation)
}
