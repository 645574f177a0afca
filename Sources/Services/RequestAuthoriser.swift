public import ACSTypes

/// Proves to a service who asks: by an access key's signature, or by somebody's token.
public protocol RequestAuthoriser: Sendable {
  /// The request with the headers that the service asks for; nothing else of it changes.
  ///
  /// - Throws: `ServiceError` when there is nothing to prove it with.
  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest
}
