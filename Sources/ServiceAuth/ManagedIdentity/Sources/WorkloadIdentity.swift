public import ACSTypes

/// The identity of a workload in Kubernetes or elsewhere whose own tokens Entra trusts (federation).
public struct WorkloadIdentity: EntraTokenSource {
  /// What people call it.
  public let name = "workload identity"
  private let authority: EntraAuthority
  private let clientID: String
  private let assertion: @Sendable () throws(ServiceAuthError) -> Secret

  /// The application `clientID`, proved by a token of the workload's own.
  ///
  /// - Parameters:
  ///   - authority: Trusts that token.
  ///   - clientID: The application's id.
  ///   - assertion: Reads the token; asked each time, for it is replaced every hour or so.
  public init(
    authority: EntraAuthority, clientID: String,
    assertion: @escaping @Sendable () throws(ServiceAuthError) -> Secret
  ) {
    self.authority = authority
    self.clientID = clientID
    self.assertion = assertion
  }

  /// Reads the workload's token and exchanges it.
  public func token() async throws(ServiceAuthError) -> EntraToken {
    try await authority.token(
      clientID: clientID,
      proof: [
        "client_assertion_type": Secret("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        "client_assertion": try assertion(),
      ], name: "the workload's token")
  }
}
