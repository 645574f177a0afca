import ACSTypes
import Configuration
import TrustedService

/// What the config file of `confab serve` says; where it says nothing, the command line and the usual do.
struct ServeConfiguration {
  /// Which proofs of callers are taken.
  enum Proof: String, CaseIterable {
    case keys
    case oidc
  }

  /// Certificate and key, by path.
  struct TLSFiles: Hashable {
    var certificate: String
    var key: String
  }

  var listen: String?
  var port: UInt16?
  var publicURL: String?
  var isBehindProxy: Bool?
  var tls: TLSFiles?
  /// What callers prove themselves with; empty for nothing, `nil` when the file does not say.
  var proofs: [Proof]?
  /// The file of API keys.
  var keysFile: String?
  /// The file of the audit.
  var auditLog: String?
  /// The address of a PostgreSQL, without a password.
  var store: String?
  /// The file with such an address, password and all.
  var storeFile: String?
  /// All but the keys, which have a file of their own.
  var rules = ServiceRules()
  var oidc: OIDCRules?

  /// A limit that the file names; `unlimited` for one of 0.
  enum Limit: Hashable {
    case unlimited
    case limited(RateLimit)
  }

  var callerLimit: Limit?
  var addressLimit: Limit?

  private let document: ConfigurationDocument

  /// Reads the text of a config file named `file`.
  ///
  /// - Throws: `ConfigurationError` for the first thing that is wrong.
  init(text: String, file: String) throws(ConfigurationError) {
    document = try ConfigurationDocument(text: text, file: file)
    try document.expectKeys(
      "",
      [
        "listen", "port", "publicURL", "behindProxy", "tls", "callers", "keys", "oidc", "store",
        "storeFile", "hosts",
        "cors", "limits", "trustedProxies", "forwardedHeader", "metrics", "teams",
      ])
    listen = try document.text("listen")
    port = try document.number("port", in: 0...65_535).map { UInt16($0) }
    publicURL = try document.address("publicURL")
    isBehindProxy = try document.bool("behindProxy")
    tls = try document.tlsFiles()
    proofs = try document.proofs()
    keysFile = try document.text("keys")
    auditLog = try document.text("auditLog")
    store = try document.text("store")
    storeFile = try document.text("storeFile")
    oidc = try document.oidc()
    if let proofs, proofs.contains(.oidc), oidc == nil {
      throw document.error(
        "callers", "callers names oidc, but there is no oidc: { issuer, audience }")
    }
    rules.hosts = try document.texts("hosts") ?? []
    rules.origins = try document.origins()
    rules.proxies = try document.proxies()
    try document.expectKeys("limits", ["caller", "address"])
    callerLimit = try document.limit("limits.caller")
    addressLimit = try document.limit("limits.address")
    rules.metricsReaders = try document.choice("metrics", .loopback)
    try document.expectKeys("teams", ["applicationId"])
    rules.teamsApplicationID = try document.text("teams.applicationId")
  }

  /// Says at its place what is wrong with the pages that may use the service.
  func error(_ mistake: OriginRules.Mistake) -> ConfigurationError {
    switch mistake {
    case .everybodyWithCredentials:
      document.error(
        "cors.credentials",
        "cors.origins \"*\" and cors.credentials exclude each other: name the pages' origins")
    case .everybodyUnproved:
      document.error(
        "cors.origins",
        "cors.origins \"*\" would give every web page tokens, because callers prove nothing: name "
          + "the pages' origins, or set callers")
    }
  }
}

extension ServeConfiguration {
  /// Reads a config file.
  init(file: String) throws {
    try self.init(text: TextFile(file, isSecret: false).text, file: file)
  }
}
