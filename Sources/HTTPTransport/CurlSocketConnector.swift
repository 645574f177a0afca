public import ACSTypes
public import Services
import WebSocketFrames

/// Opens WebSockets on the thread of a ``CurlExchange``.
///
/// The sockets end with the exchange, so keep it.
public struct CurlSocketConnector: MessageSocketConnector {
  private let exchange: CurlExchange

  /// A connector that trusts what `exchange` trusts.
  public init(over exchange: CurlExchange) {
    self.exchange = exchange
  }

  /// Opens a WebSocket; the request's timeout holds for the opening.
  public func connect(_ request: HTTPRequest) async throws -> any MessageSocket {
    let outgoing = try OutgoingRequest(request)
    let channel: MessageChannel = try await exchange.loop.wait { .connect($0, outgoing, $1) }
    return channel
  }
}
