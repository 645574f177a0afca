import ACSTypes
import Services
import Testing
import TestKit

@testable import ServiceAuth

struct EntraCredentialTests {
  static let endpoint = "https://a.communication.azure.com"

  @Test("many callers at once share one fetch")
  func singleFlight() async throws {
    let gate = Gate()
    let cloud = Cloud([.held("POST", Cloud.authority, by: gate, body: Cloud.token)])
    let credential = EntraCredential(source: try cloud.clientSecret(), clock: cloud.clock)
    let tokens = await withTaskGroup(of: Secret?.self) { group in
      for _ in 0..<50 { group.addTask { try? await credential.token() } }
      await gate.reached()
      gate.open()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(tokens == Array(repeating: Secret("token-1"), count: 50))
    #expect(cloud.isSettled)
  }

  @Test("a failure reaches everybody who waited")
  func sharedFailure() async throws {
    let gate = Gate()
    let cloud = Cloud([.held("POST", Cloud.authority, by: gate, status: 401, body: "")])
    let credential = EntraCredential(source: try cloud.clientSecret(), clock: cloud.clock)
    let codes = await withTaskGroup(of: ServiceAuthError.Code?.self) { group in
      for _ in 0..<10 {
        group.addTask {
          do throws(ServiceAuthError) {
            _ = try await credential.token()
            return nil
          } catch {
            return error.code
          }
        }
      }
      await gate.reached()
      gate.open()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes == Array(repeating: .refused, count: 10))
    #expect(cloud.isSettled)
  }

  @Test("when the fetching task is cancelled, another takes over")
  func takenOver() async throws {
    let gate = Gate()
    let cloud = Cloud([
      .held("POST", Cloud.authority, by: gate, body: Cloud.token),
      .answer("POST", Cloud.authority, body: Cloud.token),
    ])
    let credential = EntraCredential(source: try cloud.clientSecret(), clock: cloud.clock)
    try await withThrowingTaskGroup(of: Secret?.self) { group in
      group.addTask {
        await withTaskGroup(of: Secret?.self) { inner in
          inner.addTask { try? await credential.token() }
          await gate.reached()
          inner.cancelAll()
          gate.open()
          return await inner.next() ?? nil
        }
      }
      await gate.reached()
      group.addTask { try await credential.token() }
      var tokens: [Secret?] = []
      for try await token in group { tokens.append(token) }
      #expect(tokens.contains(Secret("token-1")))
    }
    #expect(cloud.isSettled)
  }

  @Test("a request gets the token, and the next one the same")
  func bearer() async throws {
    let cloud = Cloud([.answer("POST", Cloud.authority, body: Cloud.token)])
    let credential = try ServiceCredential(
      endpoint: EntraCredentialTests.endpoint,
      identity: EntraCredential(source: cloud.clientSecret(), clock: cloud.clock))
    let request = HTTPRequest(
      method: "POST", origin: credential.endpoint, target: "/identities?api-version=1")
    for _ in 0..<2 {
      let authorised = try await credential.authoriser.authorise(request)
      #expect(authorised.headers.fields.map(\.name) == ["Authorization"])
      #expect(authorised.headers["Authorization"] == "Bearer token-1")
    }
    #expect(credential.source == "managed identity by client secret")
    #expect(cloud.isSettled)
  }

  @Test(
    "no token goes over a wire in clear text, and none is fetched for that",
    arguments: [
      ("http://a.communication.azure.com", false), ("http://10.0.0.1:80", false),
      ("http://127.0.0.1.example", false), ("http://localhost.example", false),
      ("http://127.0.0.1:7750", true), ("http://localhost:1", true), ("http://[::1]:1", true),
      ("https://a.communication.azure.com", true),
    ])
  func clearText(origin: String, isAllowed: Bool) async throws {
    let cloud = Cloud([.answer("POST", Cloud.authority, body: Cloud.token)])
    let identity = EntraCredential(source: try cloud.clientSecret(), clock: cloud.clock)
    let authoriser = EntraAuthoriser(credential: identity)
    let request = HTTPRequest(method: "GET", origin: origin, target: "/")
    if isAllowed {
      _ = try await authoriser.authorise(request)
    } else {
      let error = await #expect(throws: ServiceError.self) {
        try await authoriser.authorise(request)
      }
      #expect(error?.code == .badSettings)
      #expect(error?.message.hasPrefix("\(origin) would get the identity's token") == true)
      #expect(cloud.exchange.requests.isEmpty)
    }
    #expect(((try? ServiceCredential(endpoint: origin, identity: identity)) != nil) == isAllowed)
  }

  @Test(
    "a failed identity is an error of the service with the same words",
    arguments: [
      (.refused, .credentialRefused), (.noIdentity, .credentialUnavailable),
      (.unavailable, .credentialUnavailable), (.unusableFile, .credentialUnavailable),
      (.cancelled, .cancelled),
    ] as [(ServiceAuthError.Code, ServiceError.Code)])
  func failures(code: ServiceAuthError.Code, expected: ServiceError.Code) async throws {
    let source = PlayedSource("x", .failure(ServiceAuthError(code, "words")))
    let authoriser = EntraAuthoriser(
      credential: EntraCredential(source: source, clock: ManualClock()))
    let request = HTTPRequest(method: "GET", origin: "https://a", target: "/")
    await #expect(throws: ServiceError(expected, "words")) {
      try await authoriser.authorise(request)
    }
  }

  @Test("tokens, secrets and headers do not print")
  func redacted() async throws {
    let cloud = Cloud([.answer("POST", Cloud.authority, body: Cloud.token)])
    let source = try cloud.clientSecret("s3cret")
    let credential = try ServiceCredential(
      endpoint: EntraCredentialTests.endpoint,
      identity: EntraCredential(source: source, clock: cloud.clock))
    let token = try await source.token()
    let app = try cloud.appService(header: "h3ader")
    var dumped = ""
    dump(credential, to: &dumped)
    dump(token, to: &dumped)
    dump(app, to: &dumped)
    for text in [dumped, "\(credential) \(token) \(app)"] {
      for secret in ["s3cret", "token-1", "h3ader"] { #expect(!text.contains(secret)) }
    }
  }

  @Test("connection string and endpoint with key give the same signatures")
  func identicalSignatures() async throws {
    let clock = ManualClock()
    let key = "c2VjcmV0IGtleQ=="
    let odd = [
      "endpoint=https://a.example/;accesskey=\(key)", "ACCESSKEY=\(key);Endpoint=a.example",
      " endpoint = HTTPS://A.example:443 ; accesskey=\(key);;x=y",
    ]
    for (origin, method, body) in [
      ("https://a.example", "POST", #"{"scopes":["chat"]}"#), ("https://a.example", "GET", ""),
    ] {
      let apart = try ServiceCredential(
        endpoint: origin, accessKey: Secret(key), clock: clock)
      let request = HTTPRequest(
        method: method, origin: apart.endpoint,
        target: "/identities/8%3Aacs%3A1_2/:issueAccessToken?api-version=2023-10-01",
        body: Array(body.utf8))
      let signed = try await apart.authoriser.authorise(request)
      #expect(apart.source == "access key")
      for text in odd {
        let whole = ServiceCredential(try ConnectionString(Secret(text)), clock: clock)
        #expect(whole.endpoint == apart.endpoint)
        var same = request
        same.origin = whole.endpoint
        #expect(try await whole.authoriser.authorise(same) == signed)
      }
      clock.advance(by: .seconds(1))
      let later = try await apart.authoriser.authorise(request)
      #expect(later.headers["Authorization"] != signed.headers["Authorization"])
    }
  }
}
