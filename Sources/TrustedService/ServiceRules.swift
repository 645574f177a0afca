/// What the operator may change while the service runs.
public struct ServiceRules: Hashable, Sendable {
  /// Who may read `/metrics`.
  public enum MetricsReaders: String, Hashable, Sendable, CaseIterable {
    /// Programs of this machine, not through a proxy.
    case loopback
    /// Everybody who reaches the service.
    case everybody
    /// Nobody.
    case nobody
  }

  /// How callers prove who they are.
  public var callers = CallerRules()
  /// Names that the service goes by besides its public one; empty, where callers prove themselves, for any.
  public var hosts: [String] = []
  /// Which web pages may use it.
  public var origins = OriginRules()
  /// Which proxies are believed.
  public var proxies = ProxyRules()
  /// How often one caller may ask; `nil` for no limit.
  public var callerLimit: RateLimit?
  /// How often an address may ask whose caller is not known; `nil` for no limit.
  public var addressLimit: RateLimit?
  /// Who may read the metrics.
  public var metricsReaders = MetricsReaders.loopback
  /// The application of Microsoft Entra whose users' Teams tokens are exchanged; `nil` reads it from those tokens.
  public var teamsApplicationID: String?

  /// Rules for one machine: nobody proves anything, nothing is counted.
  public init() {}
}
