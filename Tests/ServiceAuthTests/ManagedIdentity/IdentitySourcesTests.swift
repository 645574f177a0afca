import ACSTypes
import Services
import Synchronization
import Testing
import TestKit

@testable import ServiceAuth

struct IdentitySourcesTests {
  // MARK: App Service

  @Test(
    "App Service is asked as its environment says",
    arguments: [
      (.systemAssigned, ""), (.clientID("c-1"), "&client_id=c-1"),
      (.objectID("o-1"), "&object_id=o-1"), (.resourceID("/x"), "&mi_res_id=%2Fx"),
    ] as [(ManagedIdentityID, String)])
  func appService(id: ManagedIdentityID, query: String) async throws {
    let url =
      "http://127.0.0.1:4141/msi/token?api-version=2019-08-01&\(Cloud.resource)\(query)"
    let body = #"{"access_token":"token-2","expires_on":"1795231797","token_type":"Bearer"}"#
    let cloud = Cloud([.answer("GET", url, body: body)])
    let token = try await cloud.appService(as: id).token()
    #expect(token.token.reveal() == "token-2")
    #expect(token.expiresOn == cloud.clock.now + .seconds(3600))
    #expect(cloud.exchange.requests.first?.headers["X-IDENTITY-HEADER"] == "header-1")
    #expect(cloud.isSettled)
  }

  @Test("App Service's refusal does not repeat its header")
  func appServiceRefuses() async throws {
    let url = "http://127.0.0.1:4141/msi/token?api-version=2019-08-01&\(Cloud.resource)"
    let cloud = Cloud([
      .answer("GET", url, status: 401, body: #"{"message":"header-1 is wrong"}"#)
    ])
    #expect(
      await failure(of: try cloud.appService())
        == ServiceAuthError(
          .refused,
          "The identity endpoint of App Service refused a token: <redacted> is wrong [401] Assign an "
            + "identity to the app, or check the id."))
  }

  // MARK: Entra

  @Test("a client secret goes to the tenant's token endpoint as a form")
  func clientSecret() async throws {
    let cloud = Cloud([.answer("POST", Cloud.authority, body: Cloud.token)])
    let token = try await cloud.clientSecret().token()
    #expect(token.token.reveal() == "token-1")
    let request = try #require(cloud.exchange.requests.first)
    #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "client_id=client%201&grant_type=client_credentials"
        + "&scope=https%3A%2F%2Fcommunication.azure.com%2F%2F.default&client_secret=secret%2B1%26")
  }

  @Test("a workload's token is read anew each time")
  func workload() async throws {
    let cloud = Cloud(
      Array(repeating: .answer("POST", Cloud.authority, body: Cloud.token), count: 2))
    let reads = Counter()
    let source = WorkloadIdentity(
      authority: try cloud.authority(), clientID: "c"
    ) { Secret("assertion-\(reads.next())") }
    _ = try await source.token()
    _ = try await source.token()
    let bodies = cloud.exchange.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(
      bodies
        == [1, 2].map {
          "client_id=c&grant_type=client_credentials"
            + "&scope=https%3A%2F%2Fcommunication.azure.com%2F%2F.default"
            + "&client_assertion_type="
            + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            + "&client_assertion=assertion-\($0)"
        })
  }

  @Test("a workload's file that cannot be read ends it before anything is sent")
  func unreadableAssertion() async throws {
    let cloud = Cloud()
    let reason = ServiceAuthError(.unusableFile, "gone")
    let source = WorkloadIdentity(
      authority: try cloud.authority(), clientID: "c"
    ) { () throws(ServiceAuthError) in throw reason }
    #expect(await failure(of: source) == reason)
    #expect(cloud.isSettled)
  }

  @Test("Entra's refusal has its words, and never the secret")
  func refused() async throws {
    let cloud = Cloud([
      .answer(
        "POST", Cloud.authority, status: 401,
        body:
          #"{"error":"invalid_client","error_description":"AADSTS7000215: not secret+1& Trace ID: 7"}"#
      )
    ])
    #expect(
      await failure(of: try cloud.clientSecret())
        == ServiceAuthError(
          .refused,
          "Entra at https://login.microsoftonline.com refused the client secret: AADSTS7000215: "
            + "not <redacted> [401 invalid_client]"))
    #expect(cloud.isSettled)
  }

  @Test("Entra that fails is asked again, and one that cannot be reached is not")
  func passing() async throws {
    let failing = Cloud([
      .answer("POST", Cloud.authority, status: 503),
      .answer("POST", Cloud.authority, body: Cloud.token),
    ])
    _ = try await failing.clientSecret().token()
    #expect(failing.isSettled)
    let absent = Cloud([
      .failure("POST", Cloud.authority, TransportError(.cannotResolve, "no such name"))
    ])
    #expect(
      await failure(of: try absent.clientSecret())
        == ServiceAuthError(.unavailable, "no such name"))
  }

  @Test(
    "the authority is an address or a name, with a path of its own",
    arguments: [
      ("login.example", "https://login.example/t/oauth2/v2.0/token"),
      ("https://127.0.0.1:7751/entra/", "https://127.0.0.1:7751/entra/t/oauth2/v2.0/token"),
      ("http://127.0.0.1:7750/entra", "http://127.0.0.1:7750/entra/t/oauth2/v2.0/token"),
    ])
  func authority(host: String, url: String) async throws {
    let cloud = Cloud([.answer("POST", url, body: Cloud.token)])
    let source = ClientSecretIdentity(
      authority: try cloud.authority(host, tenant: "t"), clientID: "c"
    ) { Secret("s") }
    _ = try await source.token()
    #expect(cloud.isSettled)
  }

  @Test(
    "an authority that would see secrets in clear text is refused, and so is a tenant that is none",
    arguments: [
      ("http://login.example", "t"), ("ftp://x", "t"), ("https://login.example", "a/b"),
      ("https://login.example", ""), ("https://login.example?x", "t"),
    ])
  func badAuthority(host: String, tenant: String) {
    let error = #expect(throws: ServiceAuthError.self) {
      try Cloud().authority(host, tenant: tenant)
    }
    #expect(error?.code == .badEndpoint)
  }

  // MARK: Azure CLI

  static let call = ProgramCall(
    "az",
    [
      "account", "get-access-token", "--output", "json", "--resource",
      "https://communication.azure.com/",
    ], timeout: .seconds(15))

  func cli(_ outcome: Result<ProgramResult, ProgramError>) -> (AzureCLI, ScriptedPrograms) {
    let programs = ScriptedPrograms([outcome])
    return (AzureCLI(programs: programs, clock: ManualClock()), programs)
  }

  @Test("the Azure CLI is asked for its account's token")
  func azureCLI() async throws {
    let output = #"{"accessToken":"token-3","expires_on":1795231797,"tokenType":"Bearer"}"#
    let (source, programs) = cli(
      .success(ProgramResult(exitCode: 0, output: Array(output.utf8))))
    let token = try await source.token()
    #expect(token.token.reveal() == "token-3")
    #expect(token.expiresOn == Timestamp(seconds: 1_795_231_797))
    #expect(programs.calls == [IdentitySourcesTests.call])
  }

  @Test(
    "what the Azure CLI fails with is told, and never its output",
    arguments: [
      (
        .failure(ProgramError(.notFound, "x")), .missingCredential,
        "The Azure CLI (az) is not installed."
      ),
      (
        .failure(ProgramError(.timedOut, "az did not end within 15 s.")), .unavailable,
        "The Azure CLI failed: az did not end within 15 s."
      ),
      (
        .success(
          ProgramResult(
            exitCode: 1, output: [],
            errorOutput: Array("ERROR: Please run 'az login' to setup account.\n".utf8))),
        .missingCredential, "Nobody is signed in to the Azure CLI; type: az login"
      ),
      (
        .success(
          ProgramResult(
            exitCode: 2, output: Array("token-x".utf8), errorOutput: Array("ERROR: y\nz".utf8))),
        .refused, "The Azure CLI failed with 2: ERROR: y"
      ),
      (
        .success(ProgramResult(exitCode: 0, output: Array("token-x".utf8))), .unavailable,
        "The Azure CLI gave no token that tells its end; update it to 2.54 or newer."
      ),
    ] as [(Result<ProgramResult, ProgramError>, ServiceAuthError.Code, String)])
  func azureCLIFails(
    outcome: Result<ProgramResult, ProgramError>, code: ServiceAuthError.Code, message: String
  ) async {
    #expect(await failure(of: cli(outcome).0) == ServiceAuthError(code, message))
  }
}

/// Counts from 1.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
