import ACSTypes
import ArgumentTable
import ServiceAuth
import Testing

@testable import CredentialOptions

struct CredentialChoiceTests {
  static let table = CommandTable("program", summary: "Tests", options: CredentialOptions.options)

  static func choice(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> CredentialChoice {
    try CredentialChoice(table.parse(arguments), environment: Environment(environment))
  }

  static let everything = [
    "CONFAB_CONNECTION_STRING": "string", "CONFAB_ENDPOINT": "https://env.example",
    "CONFAB_ACCESS_KEY": "key",
  ]

  @Test(
    "the command line wins over the environment, and a connection string over a key",
    arguments: [
      (["--connection-string-file", "f"], everything, .connectionStringFile("f")),
      (
        ["--access-key-file", "f"], everything,
        .accessKeyFile("f", endpoint: "https://env.example")
      ),
      (
        ["--endpoint", "https://a.example", "--access-key-file", "f"], everything,
        .accessKeyFile("f", endpoint: "https://a.example")
      ),
      (
        ["--endpoint", "https://a.example"], everything,
        .accessKey(Secret("key"), endpoint: "https://a.example")
      ),
      ([], everything, .connectionString(Secret("string"))),
      (
        [], ["CONFAB_ENDPOINT": "https://env.example", "CONFAB_ACCESS_KEY": "key"],
        .accessKey(Secret("key"), endpoint: "https://env.example")
      ),
      (
        ["--managed-identity"], everything,
        .managedIdentity(IdentityChoice(), endpoint: "https://env.example")
      ),
      (
        ["--identity-source", "imds", "--endpoint", "https://a.example"], [:],
        .managedIdentity(IdentityChoice(source: .metadata), endpoint: "https://a.example")
      ),
    ] as [([String], [String: String], CredentialChoice)])
  func precedence(
    arguments: [String], environment: [String: String], expected: CredentialChoice
  ) throws {
    #expect(try CredentialChoiceTests.choice(arguments, environment) == expected)
  }

  @Test(
    "options that exclude each other or lack a part are refused in words",
    arguments: [
      (
        ["--connection-string-file", "f", "--access-key-file", "g"], .conflictingOptions,
        "--connection-string-file and --access-key-file exclude each other; give one of them."
      ),
      (
        ["--connection-string-file", "f", "--managed-identity"], .conflictingOptions,
        "--connection-string-file and --managed-identity exclude each other; give one of them."
      ),
      (
        ["--connection-string-file", "f", "--endpoint", "https://a"], .conflictingOptions,
        "--endpoint and --connection-string-file exclude each other: a connection string names "
          + "its own endpoint."
      ),
      (
        ["--access-key-file", "f", "--client-id", "x"], .conflictingOptions,
        "--client-id is part of a managed identity; add --managed-identity."
      ),
      (
        ["--access-key-file", "f"], .missingCredential,
        "There is an access key, but no endpoint: give --endpoint or CONFAB_ENDPOINT, such as "
          + "https://<name>.communication.azure.com."
      ),
      (
        ["--endpoint", "https://a.example"], .missingCredential,
        "There is no credential for https://a.example. Give --access-key-file, CONFAB_ACCESS_KEY "
          + "or --managed-identity."
      ),
      (
        [], .missingCredential,
        "There is no credential. Name a file with --connection-string-file, or set "
          + "CONFAB_CONNECTION_STRING; or give --endpoint with --access-key-file or "
          + "--managed-identity. `confab emulator` prints a connection string."
      ),
    ] as [([String], ServiceAuthError.Code, String)])
  func refused(arguments: [String], code: ServiceAuthError.Code, message: String) {
    #expect(throws: ServiceAuthError(code, message)) {
      try CredentialChoiceTests.choice(arguments)
    }
  }

  @Test("a program ends by what failed")
  func exitCodes() {
    func code(_ code: ServiceAuthError.Code) -> ExitCode { ServiceAuthError(code, "").exitCode }
    #expect(code(.badConnectionString) == .configuration)
    #expect(code(.missingCredential) == .configuration)
    #expect(code(.conflictingOptions) == .usage)
    #expect(code(.exposedFile) == .notPermitted)
    #expect(code(.refused) == .notPermitted)
    #expect(code(.unavailable) == .unavailable)
  }
}
