import ACSTypes
import ArgumentTable
import Executor
import TrustedService

/// Tries whether callers could be proved now.
enum CheckCallers {
  static func finding(_ settings: Settings, _ live: LiveSettings) async -> Check.Finding {
    guard let oidc = live.rules.callers.oidc else {
      return .init(what: "callers", mark: .good, words: "no authority is asked")
    }
    switch await oidc.keySetTrouble(exchange: settings.exchange, clock: SystemClock()) {
    case nil:
      return .init(what: "callers", mark: .good, words: "the keys of \(oidc.issuer) can be had")
    case let words?:
      return .init(
        what: "callers", mark: .bad, words: words,
        remedy: "See that oidc.issuer is right and can be reached, or give oidc.jwks.",
        exitCode: .unavailable)
    }
  }
}
