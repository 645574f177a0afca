public import ACSTypes
public import Services

/// Whose resource a trusted service works with, and what it proves itself with there.
public struct ServiceCredential: Sendable {
  /// Scheme, host and port of the resource, without a trailing slash.
  public let endpoint: String
  /// Proves each request.
  public let authoriser: any RequestAuthoriser
  /// The identity that fetches tokens; `nil` for an access key.
  public let identity: EntraCredential?

  /// What proves the requests, for people: `access key`, `managed identity by IMDS`.
  ///
  /// While the default chain has not found an identity yet, it is `managed identity by the default chain`.
  public var source: String {
    identity.map { "managed identity by \($0.sourceName)" } ?? "access key"
  }

  private init(endpoint: String, authoriser: any RequestAuthoriser, identity: EntraCredential?) {
    self.endpoint = endpoint
    self.authoriser = authoriser
    self.identity = identity
  }

  /// The access key of a connection string; the same requests get the same signatures as with endpoint and key apart.
  public init(_ connection: ConnectionString, clock: any WallClock) {
    self.init(
      endpoint: connection.endpoint,
      authoriser: HMACSigner(key: connection.accessKey, clock: clock), identity: nil)
  }

  /// An access key of the resource at `endpoint`.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badEndpoint` or `.badKey`.
  public init(endpoint: String, accessKey: Secret, clock: any WallClock) throws(ServiceAuthError) {
    self.init(
      endpoint: try ServiceCredential.origin(endpoint),
      authoriser: HMACSigner(key: try AccessKey(base64: accessKey.reveal()), clock: clock),
      identity: nil)
  }

  /// A managed identity that may work with the resource at `endpoint`.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badEndpoint`, also for an address that would get its token in clear text.
  public init(endpoint: String, identity: EntraCredential) throws(ServiceAuthError) {
    let origin = try ServiceCredential.origin(endpoint)
    guard Loopback.protectsSecrets(origin) else {
      throw ServiceAuthError(
        .badEndpoint,
        "\(origin) would get the identity's token in clear text, for everybody on the way to read. "
          + "Use https:// for every machine but this one.")
    }
    self.init(
      endpoint: origin, authoriser: EntraAuthoriser(credential: identity), identity: identity)
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
