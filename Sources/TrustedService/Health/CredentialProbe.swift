import ACSClient
import ACSTypes
public import Services
import Synchronization

/// Finds out whether the service behind takes this service's credential, without changing anything there.
///
/// It asks for a token of an identity that no resource has: the refusal of that identity proves that the credential
/// itself was taken.
public struct CredentialProbe: Sendable {
  /// What came of it.
  public enum Finding: Hashable, Sendable {
    /// The credential is taken.
    case taken
    /// The service refuses the credential, and its words.
    case refused(String)
    /// The service could not be asked, and why.
    case unavailable(String)
  }

  private static let nobody = CommunicationIdentifier(
    rawID: "8:acs:00000000-0000-0000-0000-000000000000_00000000-0000-0000-0000-000000000000")

  private let identities: IdentityClient

  /// A probe of the credential that `authoriser` is.
  public init(endpoint: String, exchange: any HTTPExchange, authoriser: any RequestAuthoriser) {
    identities = IdentityClient(endpoint: endpoint, exchange: exchange, authoriser: authoriser)
  }

  /// Asks the service.
  public func look() async -> Finding {
    do {
      _ = try await identities.issueToken(for: CredentialProbe.nobody, scopes: [.chat])
      return .taken
    } catch let error as ServiceError {
      if error.meansNoIdentity { return .taken }
      switch error.code {
      case .unauthenticated, .forbidden, .credentialRefused: return .refused(error.message)
      case .refused, .notFound, .throttled: return .taken
      default: return .unavailable(error.message)
      }
    } catch {
      return .unavailable("It could not be asked.")
    }
  }
}

/// Remembers a probe's finding for a while, so that whoever watches the service does not burden the one behind.
final class ProbeMemory: Sendable {
  /// How long a good finding counts, and a bad one.
  static let life = (good: Duration.seconds(30), bad: Duration.seconds(3))

  private struct Memory {
    var finding: CredentialProbe.Finding
    var until: Timestamp
  }

  private let probe: CredentialProbe
  private let clock: any WallClock
  private let memory = Mutex<Memory?>(nil)
  private let flights = SingleFlight<Bool, CredentialProbe.Finding>()

  init(_ probe: CredentialProbe, clock: any WallClock) {
    self.probe = probe
    self.clock = clock
  }

  func finding() async -> CredentialProbe.Finding {
    let now = clock.now
    if let known = memory.withLock({ $0 }), now < known.until { return known.finding }
    let finding = try? await flights.run(true) { await self.probe.look() }
    guard let finding else { return .unavailable("The question was given up.") }
    let life = finding == .taken ? ProbeMemory.life.good : ProbeMemory.life.bad
    memory.withLock { $0 = Memory(finding: finding, until: clock.now + life) }
    return finding
  }

  /// The credential is another one now.
  func forget() { memory.withLock { $0 = nil } }
}
