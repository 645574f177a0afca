public import ACSTypes

/// What a TLS server needs: its certificate and the private key to it.
public struct ServerCertificate: Sendable {
  /// The certificate, as PEM.
  public let certificatePEM: String
  /// The key, as unencrypted PEM.
  public let privateKeyPEM: Secret
}
