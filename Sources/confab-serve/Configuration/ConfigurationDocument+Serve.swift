import ACSTypes
import Configuration
import TrustedService

/// Each part of the config file.
extension ConfigurationDocument {
  /// An address of another program: `https://`, or `http://` on this machine.
  func address(_ path: String) throws(ConfigurationError) -> String? {
    guard let text = try text(path) else { return nil }
    guard let address = HTTPAddress(text) else {
      throw error(path, "\(path) must be an address such as https://tokens.example.com")
    }
    let whole = address.target == "/" ? address.origin : "\(address.origin)\(address.target)"
    return whole.hasSuffix("/") ? String(whole.dropLast()) : whole
  }

  func tlsFiles() throws(ConfigurationError) -> ServeConfiguration.TLSFiles? {
    guard has("tls") else { return nil }
    try expectKeys("tls", ["certificate", "key"])
    guard let certificate = try text("tls.certificate"), let key = try text("tls.key") else {
      throw error("tls", "tls must be { certificate: \"PATH\", key: \"PATH\" }")
    }
    return ServeConfiguration.TLSFiles(certificate: certificate, key: key)
  }

  func proofs() throws(ConfigurationError) -> [ServeConfiguration.Proof]? {
    guard let words = try texts("callers") else { return nil }
    var proofs: [ServeConfiguration.Proof] = []
    for (index, word) in words.enumerated() {
      guard let proof = ServeConfiguration.Proof(rawValue: word) else {
        throw error(
          "callers[\(index)]",
          "callers[\(index)] must be \"keys\" or \"oidc\", not \"\(word)\"; [] is for callers that "
            + "prove nothing")
      }
      proofs.append(proof)
    }
    return proofs
  }

  func oidc() throws(ConfigurationError) -> OIDCRules? {
    guard has("oidc") else { return nil }
    try expectKeys(
      "oidc",
      [
        "issuer", "audience", "jwks", "userClaim", "displayNameClaim", "requiredScope",
        "authorizedParties", "clockSkew", "scopes", "maximumLifetime",
      ])
    guard let issuer = try text("oidc.issuer"), HTTPAddress(issuer) != nil else {
      throw error("oidc.issuer", "oidc.issuer must be the address that stands in the tokens' iss")
    }
    let audiences = try textOrTexts("oidc.audience")
    guard !audiences.isEmpty, audiences.allSatisfy({ !$0.isEmpty }) else {
      throw error("oidc", "oidc.audience is missing: for whom the tokens are, as in their aud")
    }
    var rules = OIDCRules(issuer: issuer, audiences: audiences)
    rules.keySetURL = try address("oidc.jwks")
    rules.userClaim = try text("oidc.userClaim") ?? rules.userClaim
    rules.displayNameClaim = try text("oidc.displayNameClaim")
    rules.requiredScope = try text("oidc.requiredScope")
    rules.authorizedParties = try texts("oidc.authorizedParties") ?? []
    rules.clockSkew = try seconds("oidc.clockSkew", in: 0...600) ?? rules.clockSkew
    rules.allowance.scopes = try scopes("oidc.scopes") ?? rules.allowance.scopes
    rules.allowance.maximumLifetime =
      try number("oidc.maximumLifetime", in: 60...1440).map { Int($0) }
      ?? rules.allowance.maximumLifetime
    return rules
  }

  func origins() throws(ConfigurationError) -> OriginRules {
    try expectKeys("cors", ["origins", "credentials", "maximumAge"])
    let origins = try texts("cors.origins") ?? []
    for (index, origin) in origins.enumerated() where origin != "*" {
      guard let address = HTTPAddress(origin), address.target == "/", !origin.hasSuffix("/") else {
        throw error(
          "cors.origins[\(index)]",
          "cors.origins[\(index)] must be an origin such as https://app.example.com, or *")
      }
    }
    return OriginRules(
      origins: origins, credentials: try bool("cors.credentials") ?? false,
      maximumAge: try seconds("cors.maximumAge", in: 0...86_400) ?? .seconds(600))
  }

  func proxies() throws(ConfigurationError) -> ProxyRules {
    var rules = ProxyRules()
    for (index, text) in (try texts("trustedProxies") ?? []).enumerated() {
      guard let range = NetworkRange(text) else {
        throw error(
          "trustedProxies[\(index)]",
          "trustedProxies[\(index)] must be an address or a range such as 10.0.0.0/8")
      }
      rules.trusted.append(range)
    }
    rules.header = try choice("forwardedHeader", .forwardedFor)
    return rules
  }

  /// `{ perSecond: 10, burst: 50 }`; `perSecond: 0` for no limit.
  func limit(_ path: String) throws(ConfigurationError) -> ServeConfiguration.Limit? {
    guard has(path) else { return nil }
    try expectKeys(path, ["perSecond", "burst"])
    guard let perSecond = try number("\(path).perSecond", in: 0...1_000_000) else {
      throw error(path, "\(path).perSecond is missing: requests a second, 0 for no limit")
    }
    guard perSecond > 0 else { return .unlimited }
    let burst = try number("\(path).burst", in: 1...1_000_000) ?? max(1, perSecond * 5)
    return .limited(RateLimit(perSecond: perSecond, burst: burst))
  }

  func choice<Value: RawRepresentable & CaseIterable>(
    _ path: String, _ usual: Value
  ) throws(ConfigurationError) -> Value where Value.RawValue == String {
    guard let text = try text(path) else { return usual }
    guard let value = Value.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() })
    else {
      let words = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      throw error(path, "\(path) must be \(words), not \"\(text)\"")
    }
    return value
  }

  private func scopes(_ path: String) throws(ConfigurationError) -> [TokenScope]? {
    guard let words = try texts(path) else { return nil }
    let scopes = words.map(TokenScope.init(rawValue:))
    for (index, scope) in scopes.enumerated() where !Allowance.everyScope.contains(scope) {
      let known = Allowance.everyScope.map(\.rawValue).joined(separator: ", ")
      throw error(
        "\(path)[\(index)]", "\(path)[\(index)] is no scope; known are \(known)")
    }
    guard !scopes.isEmpty else { throw error(path, "\(path) must name a scope") }
    return scopes
  }

  private func textOrTexts(_ path: String) throws(ConfigurationError) -> [String] {
    if let text = try? text(path) { return [text] }
    return try texts(path) ?? []
  }
}
