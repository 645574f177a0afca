import ACSTypes
import Services
import Testing
import TestKit

@testable import ServiceAuth

struct MetadataServiceTests {
  @Test(
    "the identity is named as the service wants it",
    arguments: [
      (.systemAssigned, ""),
      (.clientID("a b"), "&client_id=a%20b"),
      (.objectID("o-1"), "&object_id=o-1"),
      (
        .resourceID("/subscriptions/1/x"),
        "&msi_res_id=%2Fsubscriptions%2F1%2Fx"
      ),
    ] as [(ManagedIdentityID, String)])
  func requests(id: ManagedIdentityID, query: String) async throws {
    let url = Cloud.metadata + query
    let cloud = Cloud([
      .answer("GET", url, status: 400), .answer("GET", url, body: Cloud.token),
    ])
    let token = try await cloud.imds(as: id).token()
    #expect(token.token.reveal() == "token-1")
    #expect(token.expiresOn == cloud.clock.now + .seconds(86_399))
    #expect(cloud.isSettled)
    #expect(cloud.exchange.requests.map { $0.headers["Metadata"] } == [nil, "true"])
    #expect(cloud.exchange.requests.first?.timeout == .seconds(1))
  }

  @Test(
    "the environment moves the service",
    arguments: ["http://127.0.0.1:7752", "http://127.0.0.1:7752/"])
  func otherHost(host: String) async throws {
    let url = Cloud.metadata.replacing("169.254.169.254", with: "127.0.0.1:7752")
    let cloud = Cloud([
      .answer("GET", url, status: 400), .answer("GET", url, body: Cloud.token),
    ])
    _ = try await cloud.imds(host: host).token()
    #expect(cloud.isSettled)
  }

  @Test("an address that is none is refused with the variable's name")
  func badHost() {
    #expect(
      throws: ServiceAuthError(
        .badEndpoint,
        #"The metadata service's address "nonsense" is no address of the form http://<host>. "#
          + "Correct AZURE_POD_IDENTITY_AUTHORITY_HOST.")
    ) { try Cloud().imds(host: "nonsense") }
  }

  @Test(
    "where nothing answers within a second there is no identity",
    arguments: [TransportError.Code.timedOut, .cannotConnect])
  func absent(code: TransportError.Code) async throws {
    let cloud = Cloud([.failure("GET", Cloud.metadata, TransportError(code, "x"))])
    #expect(
      await failure(of: try cloud.imds())
        == ServiceAuthError(
          .noIdentity,
          "There is no metadata server: nothing answers at http://169.254.169.254 within 1 s."))
    #expect(cloud.timer.waits.isEmpty)
    #expect(cloud.isSettled)
  }

  @Test("a machine without an identity is told by the service's words")
  func noIdentity() async throws {
    let cloud = Cloud([
      .answer("GET", Cloud.metadata, status: 400),
      .answer(
        "GET", Cloud.metadata, status: 400,
        body: #"{"error":"invalid_request","error_description":"Identity not found"}"#),
    ])
    #expect(
      await failure(of: try cloud.imds())
        == ServiceAuthError(
          .noIdentity,
          "IMDS has no such identity for this machine: Identity not found [400 invalid_request] "
            + "Assign one to it, or check the id."))
    #expect(cloud.isSettled)
  }

  @Test(
    "a service that is not ready is asked again, and the waits grow",
    arguments: [404, 410, 429, 500, 503])
  func retried(status: Int) async throws {
    var lines: [ScriptedExchange.Line] = [.answer("GET", Cloud.metadata, status: 400)]
    lines += Array(repeating: .answer("GET", Cloud.metadata, status: status), count: 4)
    let cloud = Cloud(lines + [.answer("GET", Cloud.metadata, body: Cloud.token)])
    let token = try await cloud.imds().token()
    #expect(token.token.reveal() == "token-1")
    #expect(cloud.isSettled)
    for (wait, planned) in zip(cloud.timer.waits, [1.0, 2, 4, 8]) {
      #expect(wait >= .seconds(planned * 0.75) && wait <= .seconds(planned * 1.25))
    }
    #expect(cloud.timer.waits.count == 4)
  }

  @Test(
    "after five tries it is given up",
    arguments: [
      (503, .unavailable, "IMDS at http://169.254.169.254 fails: [503]"),
      (
        404, .noIdentity,
        "What answers at http://169.254.169.254 is no metadata server of Azure: [404]"
      ),
    ] as [(Int, ServiceAuthError.Code, String)])
  func bounded(status: Int, code: ServiceAuthError.Code, message: String) async throws {
    let probe = ScriptedExchange.Line.answer("GET", Cloud.metadata, status: 400)
    let line = ScriptedExchange.Line.answer("GET", Cloud.metadata, status: status)
    let cloud = Cloud([probe] + Array(repeating: line, count: 5))
    #expect(await failure(of: try cloud.imds()) == ServiceAuthError(code, message))
    #expect(cloud.isSettled)
  }

  @Test("Retry-After lengthens a wait, within bounds")
  func retryAfter() async throws {
    let cloud = Cloud([
      .answer("GET", Cloud.metadata, status: 400),
      .answer("GET", Cloud.metadata, status: 429, headers: ["Retry-After": "5"]),
      .answer("GET", Cloud.metadata, status: 429, headers: ["Retry-After": "9999"]),
      .answer("GET", Cloud.metadata, body: Cloud.token),
    ])
    _ = try await cloud.imds().token()
    #expect(cloud.timer.waits == [.seconds(5), .seconds(8)])
  }

  @Test(
    "an answer that is no token is told",
    arguments: ["", "{}", #"{"access_token":"","expires_in":1}"#, #"{"access_token":"x"}"#])
  func noToken(body: String) async throws {
    let cloud = Cloud([
      .answer("GET", Cloud.metadata, status: 400), .answer("GET", Cloud.metadata, body: body),
    ])
    #expect(
      await failure(of: try cloud.imds())
        == ServiceAuthError(
          .unavailable, "IMDS at http://169.254.169.254 gave an answer that is no token."))
  }

  @Test("a container engine that routes nothing there is no refusal")
  func unreachable() async throws {
    let body = #"{"message":"A socket operation was attempted to an unreachable network."}"#
    let cloud = Cloud([
      .answer("GET", Cloud.metadata, status: 403, body: body),
      .answer("GET", Cloud.metadata, status: 403, body: body),
    ])
    #expect(await failure(of: try cloud.imds())?.code == .noIdentity)
  }
}
