public import ACSTypes
public import Services

/// Whose resource a trusted service works with, and what it proves itself with there.
public struct ServiceCredential: Sendable {
  /// Scheme, host and port of the resource, without a trailing slash.
  public let endpoint: String
  /// Proves each request.
  public let authoriser: any RequestAuthoriser
  /// What proves them, for people: `access key`, `managed identity by IMDS`.
  public let source: String

  /// A credential of any kind.
  public init(endpoint: String, authoriser: any RequestAuthoriser, source: String) {
    self.endpoint = endpoint
    self.authoriser = authoriser
    self.source = source
  }

  /// The access key of a connection string; the same requests get the same signatures as with endpoint and key apart.
  public init(_ connection: ConnectionString, clock: any WallClock) {
    self.init(
      endpoint: connection.endpoint,
      authoriser: HMACSigner(key: connection.accessKey, clock: clock), source: "access key")
  }

  /// An access key of the resource at `endpoint`.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badEndpoint` or `.badKey`.
  public init(endpoint: String, accessKey: Secret, clock: any WallClock) throws(ServiceAuthError) {
    self.init(
      endpoint: try ServiceCredential.origin(endpoint),
      authoriser: HMACSigner(key: try AccessKey(base64: accessKey.reveal()), clock: clock),
      source: "access key")
  }

  /// The endpoint in its one form.
  static func origin(_ endpoint: String) throws(ServiceAuthError) -> String {
    guard let origin = ServiceEndpoint.origin(endpoint) else {
      throw ServiceAuthError(
        .badEndpoint,
        "The endpoint \(endpoint.prefix(200).debugDescription) is no https:// or http:// address "
          + "of a host, such as https://<name>.communication.azure.com.")
    }
    return origin
  }
}
