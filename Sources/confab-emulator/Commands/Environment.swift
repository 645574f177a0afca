import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator env`: what programs read to find the emulator and to trust it.
  static let env = EmulatorCommand(
    CommandTable(
      "env", summary: "print exports by which SDKs find the emulator and trust it",
      about: [
        """
        The connection string and endpoint stand under the names that Microsoft's samples and SDKs read. What replaces a \
        program's certificates (SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE) names a bundle of the system's and \
        the emulator's, which is written beside the emulator's, so that the rest of the world is trusted as before.
        """
      ],
      options: [
        .choice(
          "shell", Shell.allCases.map(\.rawValue), "For this shell, or as a file of settings",
          default: Shell.sh.rawValue),
        .flag("entra", "Also what azure-identity reads: authority, tenant, application"),
      ],
      examples: [
        CommandTable.Example("eval \"$(confab emulator env)\"", "Let this shell's programs use it"),
        CommandTable.Example(
          "confab emulator env --shell fish | source", "The same in fish"),
        CommandTable.Example("confab emulator env --shell dotenv > .env", "Keep it for an app"),
      ])
  ) { arguments, administration in
    let facts = try await administration.facts(arguments)
    let variables = try EmulatorEnvironment(
      facts: facts, hasEntra: arguments.flag("entra"), admin: administration.origin
    ).variables
    let shell = arguments.text("shell").flatMap(Shell.init(rawValue:)) ?? .sh
    return Answer(
      lines: variables.map { shell.line($0.name, $0.value) },
      json: .object(JSONObject(variables.map { ($0.name, .string($0.value)) })))
  }
}

/// The variables by which programs find an emulator and trust it.
struct EmulatorEnvironment {
  let variables: [(name: String, value: String)]

  /// Those of the emulator that tells `facts`.
  init(facts: JSONValue, hasEntra: Bool, admin: String) throws(CommandError) {
    guard let endpoint = facts["httpsEndpoint"]?.string else {
      throw CommandError(.badData, "What answers is no emulator of this version.")
    }
    guard let connection = facts["connectionString"]?.string else {
      throw CommandError(
        .notPermitted,
        "the access key is a secret here (--random-key); name the file that has it with "
          + "--ready-file PATH, which the emulator wrote.")
    }
    var variables: [(String, String)] = [
      "COMMUNICATION_SERVICES_CONNECTION_STRING", "COMMUNICATION_SAMPLES_CONNECTION_STRING",
      "COMMUNICATION_CONNECTION_STRING", "COMMUNICATION_CONNECTION_STRING_ROOMS",
      "AZURE_COMMUNICATION_SERVICE_CONNECTION_STRING", "CONFAB_CONNECTION_STRING",
    ].map { ($0, connection) }
    variables += ["AZURE_COMMUNICATION_SERVICE_ENDPOINT", "COMMUNICATION_SERVICES_ENDPOINT"].map {
      ($0, endpoint)
    }
    if let number = facts["phoneNumbers"]?.array?.first?.string {
      variables += [("AZURE_PHONE_NUMBER", number), ("SMS_PHONE_NUMBER", number)]
    }
    if let certificate = facts["certificate"]?.string {
      let bundle = try CertificateBundle(with: certificate).path
      variables += ["NODE_EXTRA_CA_CERTS", "CONFAB_CERTIFICATE_AUTHORITY"].map {
        ($0, certificate)
      }
      variables += ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"].map { ($0, bundle) }
    }
    if hasEntra {
      let names = [
        ("AZURE_AUTHORITY_HOST", "authority"), ("AZURE_TENANT_ID", "tenantId"),
        ("AZURE_CLIENT_ID", "clientId"), ("AZURE_CLIENT_SECRET", "clientSecret"),
      ]
      variables += names.compactMap { name, fact in facts[fact]?.string.map { (name, $0) } }
    }
    variables.append(("CONFAB_EMULATOR_ADMIN", admin))
    self.variables = variables.map { (name: $0.0, value: $0.1) }
  }
}

/// Who reads the exports.
enum Shell: String, CaseIterable {
  case sh, fish, powershell, dotenv

  /// A line that sets a variable, whatever stands in the value.
  func line(_ name: String, _ value: String) -> String {
    switch self {
    case .sh: "export \(name)='\(value.replacing("'", with: #"'\''"#))'"
    case .fish:
      "set -gx \(name) '\(value.replacing(#"\"#, with: #"\\"#).replacing("'", with: #"\'"#))'"
    case .powershell: "$env:\(name) = '\(value.replacing("'", with: "''"))'"
    case .dotenv:
      "\(name)=\"\(value.replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#))\""
    }
  }
}
