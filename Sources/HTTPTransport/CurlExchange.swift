public import ACSTypes
public import Services

/// Sends requests over the network with libcurl.
///
/// Connections are kept and reused, HTTP/2 is used where a server offers it, redirects are not followed, and nothing
/// is retried but what got no byte of an answer on a connection that was kept; `HTTPRequest.isSentOnce` forbids that,
/// too. The thread starts with the first request and ends with the exchange.
public final class CurlExchange: HTTPExchange {
  /// The largest answer that is taken: 32 MiB.
  public static let maximumAnswer = 32 << 20

  let loop: CurlLoop

  /// An exchange; libcurl is loaded by the first request.
  ///
  /// - Parameters:
  ///   - certificateAuthority: Path of a PEM file whose authorities are trusted besides the system's.
  ///   - userAgent: Sent with every request that has no `User-Agent`, such as `confab/0.1.0`.
  public init(certificateAuthority: String? = nil, userAgent: String = "confab") {
    loop = CurlLoop(certificateAuthority: certificateAuthority, userAgent: userAgent)
  }

  deinit {
    loop.stop()
  }

  /// Sends `request` and waits for its answer.
  public func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    let outgoing = try OutgoingRequest(request)
    return try await loop.wait { .start($0, outgoing, $1) }
  }
}
