public import ACSTypes

/// Proves to a service who asks: by an access key's signature, or by somebody's token.
public protocol RequestAuthoriser: Sendable {
  /// The request with the headers that the service asks for; nothing else of it changes.
  ///
  /// - Throws: `ServiceError` when there is nothing to prove it with.
  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest

  /// The service answered 401 to `request`, which this authorised; who stands before another authoriser passes it on.
  ///
  /// - Returns: Whether it may end better with other proof, so that the same request is worth another try.
  func refused(_ request: HTTPRequest) async -> Bool
}

extension RequestAuthoriser {
  /// What proves the request stays the same.
  public func refused(_ request: HTTPRequest) async -> Bool { false }
}
