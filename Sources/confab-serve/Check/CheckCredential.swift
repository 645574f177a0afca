import ACSTypes
import ArgumentTable
import Executor
import HTTPTransport
import ServiceAuth
import Services
import TrustedService

/// Tries the credential at the service, and this machine's clock against the service's.
enum CheckCredential {
  /// A signature's time may be off by so much (WIRE 1.2), less a margin.
  private static let tolerated = Duration.seconds(240)

  static func findings(_ settings: Settings) async -> [Check.Finding] {
    let credential: ServiceCredential
    do {
      credential = try settings.sources.credential(settings.exchange)
    } catch {
      return [
        .init(
          error, of: "credential",
          remedy:
            "Name the credential as 'confab serve --help' says; the portal shows it under Keys.")
      ]
    }
    let clock = await CheckCredential.clock(credential.endpoint, settings.exchange)
    var finding = await CheckCredential.credential(credential, settings.exchange)
    if clock.mark == .bad, finding.mark == .bad {
      finding.remedy = "Set the clock first: a signature counts for a few minutes only."
    }
    return [finding, clock]
  }

  private static func credential(
    _ credential: ServiceCredential, _ exchange: CurlExchange
  ) async -> Check.Finding {
    do {
      // Asked apart, so that its failures are not taken for the service's.
      _ = try await credential.identity?.token()
    } catch {
      return .init(
        error, of: "credential",
        remedy: "docs/authentication.md tells what each source of an identity needs.")
    }
    let probe = CredentialProbe(
      endpoint: credential.endpoint, exchange: exchange, authoriser: credential.authoriser)
    let finding = await probe.look()
    let place = "\(credential.endpoint) by \(credential.source)"
    switch finding {
    case .taken: return .init(what: "credential", mark: .good, words: "\(place): taken")
    case .refused(let words):
      return .init(
        what: "credential", mark: .bad, words: "\(place): refused. \(words)",
        remedy: credential.source == "access key"
          ? "Copy the key or connection string anew from the resource's Keys page."
          : "Give the identity a role on the resource, such as Contributor, and wait some minutes.",
        exitCode: .notPermitted)
    case .unavailable(let words):
      return .init(
        what: "credential", mark: .bad, words: "\(place): \(words)",
        remedy: "See that the endpoint is right and can be reached from here.",
        exitCode: .unavailable)
    }
  }

  private static func clock(_ endpoint: String, _ exchange: CurlExchange) async -> Check.Finding {
    let request = HTTPRequest(method: "GET", origin: endpoint, target: "/", timeout: .seconds(10))
    guard let response = try? await exchange.exchange(request),
      let date = response.headers["Date"].flatMap({ Timestamp(httpDate: $0) })
    else {
      return .init(
        what: "clock", mark: .doubtful, words: "the service did not tell its time",
        remedy: "See that the endpoint is right and can be reached from here.")
    }
    let seconds = (SystemClock().now - date).components.seconds
    let words = "\(abs(seconds)) s \(seconds < 0 ? "behind" : "ahead of") the service's"
    guard abs(seconds) > tolerated.components.seconds else {
      return .init(what: "clock", mark: .good, words: words)
    }
    return .init(
      what: "clock", mark: .bad, words: words,
      remedy: "Let the machine keep time: timedatectl set-ntp true", exitCode: .configuration)
  }
}
