import ACSTypes
import ArgumentTable
import FoundationEssentials
import ServiceAuth
import Services
import Testing
import TestKit

@testable import CredentialOptions

struct IdentityChoiceTests {
  static func choice(_ arguments: String...) throws -> IdentityChoice? {
    try IdentityChoice(CredentialChoiceTests.table.parse(arguments))
  }

  static func world(
    _ environment: [String: String], _ lines: [ScriptedExchange.Line] = []
  ) -> (World, ScriptedExchange, ScriptedPrograms) {
    let exchange = ScriptedExchange(lines)
    let clock = ManualClock()
    let programs = ScriptedPrograms()
    let world = World(
      environment: Environment(environment), exchange: exchange, clock: clock,
      random: SeededRandom(seed: 1), timer: ManualTimer(clock), programs: programs)
    return (world, exchange, programs)
  }

  static let resource = "resource=https%3A%2F%2Fcommunication.azure.com%2F"
  static let metadata =
    "http://127.0.0.1:7752/metadata/identity/oauth2/token?api-version=2018-02-01&\(resource)"
  static let authority = "https://login.example/tenant/oauth2/v2.0/token"
  static let token = #"{"access_token":"t","expires_in":3600}"#

  @Test("no option asks for no managed identity")
  func none() throws {
    #expect(try IdentityChoiceTests.choice() == nil)
    #expect(try IdentityChoiceTests.choice("--managed-identity") == IdentityChoice())
    #expect(
      try IdentityChoiceTests.choice("--managed-identity", "--object-id", "o")
        == IdentityChoice(id: .objectID("o")))
    #expect(
      try IdentityChoiceTests.choice(
        "--identity-source", "client-secret", "--client-id", "c", "--tenant-id", "t",
        "--client-secret-file", "f")
        == IdentityChoice(
          source: .clientSecret, id: .clientID("c"), tenant: "t", secretFile: "f"))
  }

  @Test(
    "an identity that a source cannot give is refused",
    arguments: [
      (
        ["--managed-identity", "--client-id", "c", "--resource-id", "r"],
        "--client-id and --resource-id both name an identity; give one of them."
      ),
      (
        ["--identity-source", "cli", "--client-id", "c"],
        "--identity-source cli knows no --client-id; leave one of them out."
      ),
      (
        ["--identity-source", "workload", "--object-id", "c"],
        "--identity-source workload knows no --object-id; leave one of them out."
      ),
      (
        ["--client-secret-file", "f"],
        "--client-secret-file is part of a managed identity; add --managed-identity."
      ),
    ])
  func conflicts(arguments: [String], message: String) throws {
    let parsed = try CredentialChoiceTests.table.parse(arguments)
    #expect(throws: ServiceAuthError(.conflictingOptions, message)) {
      try IdentityChoice(parsed)
    }
  }

  @Test(
    "a source that is named says at once what it lacks",
    arguments: [
      (.appService, [:], "IDENTITY_ENDPOINT is not set."),
      (.appService, ["IDENTITY_ENDPOINT": "http://x"], "IDENTITY_HEADER is not set."),
      (.workload, [:], "AZURE_FEDERATED_TOKEN_FILE is not set."),
      (
        .workload, ["AZURE_FEDERATED_TOKEN_FILE": "f"],
        "AZURE_TENANT_ID is not set, nor --tenant-id given."
      ),
      (
        .clientSecret, [:], "AZURE_CLIENT_SECRET is not set, nor --client-secret-file given."
      ),
      (
        .clientSecret, ["AZURE_CLIENT_SECRET": "s", "AZURE_TENANT_ID": "t"],
        "AZURE_CLIENT_ID is not set, nor --client-id given."
      ),
    ] as [(IdentitySource, [String: String], String)])
  func missing(source: IdentitySource, environment: [String: String], message: String) {
    let (world, _, _) = IdentityChoiceTests.world(environment)
    #expect(throws: ServiceAuthError(.missingCredential, message)) {
      try IdentityChoice(source: source).tokenSource(in: world)
    }
  }

  @Test("the default chain tells all that it tried, in the order of the public SDKs")
  func chain() async throws {
    let (world, exchange, programs) = IdentityChoiceTests.world(
      ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:7752"],
      [
        .failure(
          "GET", IdentityChoiceTests.metadata, TransportError(.cannotConnect, "refused"))
      ])
    let source = try IdentityChoice().tokenSource(in: world)
    await #expect(
      throws: ServiceAuthError(
        .noIdentity,
        """
        No managed identity was found. Tried in this order:
          client secret: AZURE_CLIENT_SECRET is not set, nor --client-secret-file given.
          workload identity: AZURE_FEDERATED_TOKEN_FILE is not set.
          App Service: IDENTITY_ENDPOINT is not set.
          IMDS: There is no metadata server: nothing answers at http://127.0.0.1:7752 within 1 s.
          Azure CLI: The Azure CLI (az) is not installed.
        Set one of them up, or use an access key.
        """)
    ) { try await source.token() }
    #expect(exchange.unmet.isEmpty && exchange.anomalies.isEmpty)
    #expect(programs.calls.count == 1)
  }

  @Test("an id that is named leaves out the sources which would give another identity")
  func narrowedChain() async throws {
    let url = IdentityChoiceTests.metadata + "&object_id=o-1"
    let (world, exchange, programs) = IdentityChoiceTests.world(
      [
        "AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:7752",
        "AZURE_CLIENT_SECRET": "s", "AZURE_CLIENT_ID": "c", "AZURE_TENANT_ID": "t",
      ],
      [
        .answer("GET", url, status: 400),
        .answer("GET", url, status: 400, body: #"{"error":"invalid_request"}"#),
      ])
    let source = try IdentityChoice(id: .objectID("o-1")).tokenSource(in: world)
    let error = await #expect(throws: ServiceAuthError.self) { try await source.token() }
    #expect(
      error?.message
        == """
        No managed identity was found. Tried in this order:
          App Service: IDENTITY_ENDPOINT is not set.
          IMDS: IMDS has no such identity for this machine: [400 invalid_request] Assign one to it, \
        or check the id.
        Set one of them up, or use an access key.
        """)
    #expect(exchange.unmet.isEmpty && exchange.anomalies.isEmpty)
    #expect(programs.calls.isEmpty)
  }

  @Test(
    "each source works by its variables",
    arguments: [
      (
        IdentitySource.metadata,
        [
          "AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:7752", "AZURE_CLIENT_ID": "c",
        ], [("GET", metadata + "&client_id=c"), ("GET", metadata + "&client_id=c")], ""
      ),
      (
        .appService,
        ["IDENTITY_ENDPOINT": "http://127.0.0.1:1/msi", "IDENTITY_HEADER": "h"],
        [("GET", "http://127.0.0.1:1/msi?api-version=2019-08-01&\(resource)")], ""
      ),
      (
        .clientSecret,
        [
          "AZURE_AUTHORITY_HOST": "login.example", "AZURE_TENANT_ID": "tenant",
          "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s3",
        ], [("POST", authority)], "client_secret=s3"
      ),
    ])
  func sources(
    source: IdentitySource, environment: [String: String], requests: [(String, String)],
    body: String
  ) async throws {
    let (world, exchange, _) = IdentityChoiceTests.world(
      environment,
      requests.map { .answer($0.0, $0.1, body: IdentityChoiceTests.token) })
    // By its name, and as a link of the chain.
    for choice in [IdentityChoice(source: source), IdentityChoice()] {
      for request in requests where choice.source == .chain {
        exchange.expect(.answer(request.0, request.1, body: IdentityChoiceTests.token))
      }
      let made = try choice.tokenSource(in: world)
      #expect(try await made.token().token == Secret("t"))
      #expect(made.name == source.title)
    }
    #expect(exchange.unmet.isEmpty && exchange.anomalies.isEmpty)
    let sent = exchange.requests.last.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(sent?.hasSuffix(body) == true)
  }

  @Test("the workload's token may be readable by others, an application's secret may not")
  func files() async throws {
    let variables = [
      "AZURE_AUTHORITY_HOST": "login.example", "AZURE_TENANT_ID": "tenant",
      "AZURE_CLIENT_ID": "c",
    ]
    let path = try SecretFileTests.kept("assertion-1\n", 0o644)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (world, exchange, _) = IdentityChoiceTests.world(
      variables.merging(["AZURE_FEDERATED_TOKEN_FILE": path]) { $1 },
      [.answer("POST", IdentityChoiceTests.authority, body: IdentityChoiceTests.token)])
    _ = try await IdentityChoice(source: .workload).tokenSource(in: world).token()
    let body = exchange.requests.first.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(body?.hasSuffix("&client_assertion=assertion-1") == true)
    let error = #expect(throws: ServiceAuthError.self) {
      try IdentityChoice(source: .clientSecret, secretFile: path).tokenSource(in: world)
    }
    #expect(error?.code == .exposedFile)
  }
}
