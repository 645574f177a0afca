public import ACSTypes

/// An application that is registered in Entra and knows a secret.
public struct ClientSecretIdentity: EntraTokenSource {
  /// What people call it.
  public let name = "client secret"
  private let authority: EntraAuthority
  private let clientID: String
  private let secret: @Sendable () throws(ServiceAuthError) -> Secret

  /// The application `clientID`.
  ///
  /// - Parameters:
  ///   - authority: Where it is registered.
  ///   - clientID: Its id.
  ///   - secret: Reads the secret; asked each time, so that it can be replaced.
  public init(
    authority: EntraAuthority, clientID: String,
    secret: @escaping @Sendable () throws(ServiceAuthError) -> Secret
  ) {
    self.authority = authority
    self.clientID = clientID
    self.secret = secret
  }

  /// Asks by the secret.
  public func token() async throws(ServiceAuthError) -> EntraToken {
    try await authority.token(
      clientID: clientID, proof: ["client_secret": try secret()], name: "the client secret")
  }
}
