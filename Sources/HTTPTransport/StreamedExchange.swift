public import ACSTypes
public import Services

/// An exchange whose successful bodies go to a sink as they come, so that they may be larger than memory.
///
/// A request's timeout is how long nothing may come, not how long all of it may take. Other answers than 200–299 are
/// brought whole, as `CurlExchange` does it.
public struct StreamedExchange: HTTPExchange {
  /// Takes the next bytes, on the transport's thread; false ends the transfer with `.interrupted`.
  public typealias Take = @Sendable ([UInt8]) -> Bool

  private let exchange: CurlExchange
  private let sink: BodySink

  /// Requests over the connections of `exchange`, of whose bodies `take` gets up to `limit` bytes.
  public init(over exchange: CurlExchange, limit: Int, take: @escaping Take) {
    self.exchange = exchange
    sink = BodySink(limit: limit, take: take)
  }

  /// Sends `request`; the body of a successful answer is empty here.
  public func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    var outgoing = try OutgoingRequest(request)
    outgoing.sink = sink
    return try await exchange.loop.wait { [outgoing] in .start($0, outgoing, $1) }
  }
}

/// Where the body of a successful answer goes.
struct BodySink: Sendable {
  let limit: Int
  let take: StreamedExchange.Take
}
