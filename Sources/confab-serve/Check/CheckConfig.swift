import TrustedService

/// Tries what the command line and the config file say.
enum CheckConfig {
  static func finding(_ settings: Settings, _ live: LiveSettings) -> Check.Finding {
    var ways: [String] = []
    if let keys = live.rules.callers.keys {
      ways.append(keys.keys.count == 1 ? "1 API key" : "\(keys.keys.count) API keys")
    }
    if let oidc = live.rules.callers.oidc { ways.append("tokens of \(oidc.issuer)") }
    let callers =
      ways.isEmpty
      ? "callers prove nothing" : "callers prove themselves by " + ways.joined(separator: " or ")
    let scheme = live.tls == nil ? "http" : "https"
    let place = settings.address.contains(":") ? "[\(settings.address)]" : settings.address
    var finding = Check.Finding(
      what: "config", mark: .good, words: "\(scheme)://\(place):\(settings.port), \(callers)")
    if live.rules.callers.oidc == nil, live.rules.callers.keys?.keys.isEmpty == true {
      finding.mark = .doubtful
      finding.remedy = "There is no key yet, so nobody can ask: confab serve key add NAME"
    }
    return finding
  }
}
