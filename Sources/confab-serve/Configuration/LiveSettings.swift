import ACSTypes
import ArgumentTable
import Configuration
import CredentialOptions
import Executor
import HTTPServing
import HTTPTransport
import ServiceAuth
import TrustedService

/// What may change while the program runs.
struct LiveSettings {
  var rules: ServiceRules
  var tls: TLSIdentity?
}

/// The command line and the files that it names, from which the settings are read again and again.
struct SettingSources {
  let arguments: ParsedArguments
  /// Where API keys are kept unless something else is said; `nil` when nothing is kept.
  let keysFile: String?
  let address: String

  /// The credential as the files have it now.
  func credential(_ exchange: CurlExchange) throws -> ServiceCredential {
    try CredentialOptions.credential(
      arguments, exchange: exchange, clock: SystemClock(), random: SystemRandom())
  }

  /// Everything else as the files have it now.
  ///
  /// - Throws: `UsageError`, `ConfigurationError` or ``CommandError`` for the first thing that is wrong or not safe.
  func read() throws -> LiveSettings {
    let configuration = try arguments.text("config").map { try ServeConfiguration(file: $0) }
    var rules = configuration?.rules ?? ServiceRules()
    let proofs = proofs(configuration)
    if proofs.isEmpty {
      rules.callers = CallerRules()
    } else {
      rules.callers = CallerRules(unproved: nil)
      if proofs.contains(.keys) { rules.callers.keys = try keyFile(configuration).read() }
      if proofs.contains(.oidc) { rules.callers.oidc = try oidc(configuration) }
    }
    rules.origins.origins += arguments.texts("cors-origin")
    if let mistake = rules.origins.mistake(isClosed: rules.callers.isClosed) {
      throw configuration?.error(mistake)
        ?? wrong("--cors-origin '*' needs callers that prove who they are: add --callers")
    }
    for text in arguments.texts("trusted-proxy") {
      guard let range = NetworkRange(text) else {
        throw wrong("'--trusted-proxy \(text)' is no address and no range such as 10.0.0.0/8")
      }
      rules.proxies.trusted.append(range)
    }
    rules.callerLimit = limit(
      configuration?.callerLimit, "rate-limit", SettingSources.callerLimit, rules)
    rules.addressLimit = limit(configuration?.addressLimit, nil, SettingSources.addressLimit, rules)
    let tls = try tlsFiles(configuration).map { try SettingSources.identity($0) }
    try checkSafety(rules, hasTLS: tls != nil, configuration)
    return LiveSettings(rules: rules, tls: tls)
  }

  /// The files whose change is a change of the settings.
  var files: [String] {
    let named = [
      "config", "connection-string-file", "access-key-file", "tls-certificate", "tls-key",
    ]
    .compactMap { arguments.text($0) }
    let configuration = arguments.text("config").flatMap { try? ServeConfiguration(file: $0) }
    let tls = configuration?.tls.map { [$0.certificate, $0.key] } ?? []
    let keys = (try? keyFile(configuration).path).map { [$0] } ?? []
    return (named + tls + keys).map(TextFile.expanded)
  }

  // MARK: - Callers

  private func proofs(_ configuration: ServeConfiguration?) -> [ServeConfiguration.Proof] {
    let words = arguments.texts("callers")
    if !words.isEmpty { return words.compactMap(ServeConfiguration.Proof.init(rawValue:)) }
    if let proofs = configuration?.proofs { return proofs }
    // Whoever names an authority or a file of keys wants callers to prove themselves.
    var proofs: [ServeConfiguration.Proof] = []
    if configuration?.oidc != nil || arguments.text("oidc-issuer") != nil { proofs.append(.oidc) }
    if configuration?.keysFile != nil || arguments.text("keys-file") != nil { proofs.append(.keys) }
    return proofs
  }

  private func keyFile(_ configuration: ServeConfiguration?) throws -> KeyFile {
    guard let path = arguments.text("keys-file") ?? configuration?.keysFile ?? keysFile else {
      throw wrong("with --memory, --keys-file says where the callers' keys are")
    }
    return KeyFile(path)
  }

  private func oidc(_ configuration: ServeConfiguration?) throws -> OIDCRules {
    guard let issuer = arguments.text("oidc-issuer") else {
      if let rules = configuration?.oidc { return rules }
      throw wrong(
        "--callers oidc needs --oidc-issuer and --oidc-audience, or oidc in the config file")
    }
    let audiences = arguments.texts("oidc-audience")
    guard HTTPAddress(issuer) != nil, !audiences.isEmpty else {
      throw wrong(
        "--oidc-issuer must be an address, and --oidc-audience say for whom its tokens are")
    }
    var rules = OIDCRules(issuer: issuer, audiences: audiences)
    rules.keySetURL = arguments.text("oidc-jwks")
    return rules
  }

  // MARK: - Limits, TLS, safety

  /// Limits that keep one caller from using up the service, where callers prove themselves.
  private static let callerLimit = RateLimit(perSecond: 10, burst: 60)
  /// Limits that keep keys from being tried.
  private static let addressLimit = RateLimit(perSecond: 5, burst: 60)

  private func limit(
    _ configured: ServeConfiguration.Limit?, _ option: String?, _ usual: RateLimit,
    _ rules: ServiceRules
  ) -> RateLimit? {
    if let option, let number = arguments.integer(option) {
      return number == 0 ? nil : RateLimit(perSecond: Double(number), burst: Double(number) * 5)
    }
    switch configured {
    case .limited(let limit): return limit
    case .unlimited: return nil
    case nil: return rules.callers.isClosed ? usual : nil
    }
  }

  private func tlsFiles(
    _ configuration: ServeConfiguration?
  ) throws -> ServeConfiguration.TLSFiles? {
    switch (arguments.text("tls-certificate"), arguments.text("tls-key")) {
    case (nil, nil): return configuration?.tls
    case (let certificate?, let key?):
      return ServeConfiguration.TLSFiles(certificate: certificate, key: key)
    default: throw wrong("--tls-certificate and --tls-key belong together")
    }
  }

  private static func identity(_ files: ServeConfiguration.TLSFiles) throws -> TLSIdentity {
    TLSIdentity(
      certificateChainPEM: try TextFile(files.certificate, isSecret: false).text,
      privateKeyPEM: Secret(try TextFile(files.key, isSecret: true).text))
  }

  /// Tokens go to nobody who did not prove who asks, and not in clear text over a network.
  private func checkSafety(
    _ rules: ServiceRules, hasTLS: Bool, _ configuration: ServeConfiguration?
  ) throws {
    if HostAddress.isLoopback(address) { return }
    guard rules.callers.isClosed else {
      throw wrong(
        "--listen \(address) would hand tokens to anybody who can reach it: callers prove nothing, "
          + "so only loopback addresses such as 127.0.0.1 are allowed; give --callers keys or oidc")
    }
    let isBehindProxy = arguments.flag("behind-proxy") || configuration?.isBehindProxy == true
    guard hasTLS || isBehindProxy else {
      throw wrong(
        "--listen \(address) would send tokens in clear text: give --tls-certificate and --tls-key, "
          + "or --behind-proxy when a proxy that speaks TLS is the only way in")
    }
  }

  private func wrong(_ message: String) -> UsageError {
    UsageError(message, command: "confab serve")
  }
}

/// What a numeric address is.
enum HostAddress {
  /// True for `127.0.0.0/8` and `::1`.
  static func isLoopback(_ address: String) -> Bool {
    if ["::1", "localhost"].contains(address) { return true }
    let numbers = address.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}
