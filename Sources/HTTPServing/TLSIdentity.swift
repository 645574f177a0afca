public import ACSTypes

/// What a server shows of itself under TLS.
public struct TLSIdentity: Sendable {
  /// The server's certificate first, then those that lead to the authority, as PEM.
  public var certificateChainPEM: String
  /// The certificate's key, as PEM without a password.
  public var privateKeyPEM: Secret

  /// An identity.
  public init(certificateChainPEM: String, privateKeyPEM: Secret) {
    self.certificateChainPEM = certificateChainPEM
    self.privateKeyPEM = privateKeyPEM
  }
}
