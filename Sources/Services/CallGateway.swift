public import ACSTypes

/// The trusted service's call gateway (docs/gateway-protocol.md).
public protocol CallGateway: Sendable {
  /// Connects, passes each signal to `signal` in order from any thread, and returns when the gateway closed in good
  /// order.
  ///
  /// - Throws: `ServiceError` when it cannot connect or the connection broke.
  func run(signal: @escaping @Sendable (CallSignal) -> Void) async throws

  /// Sends a command over the open connection.
  ///
  /// - Throws: `ServiceError` with code `.unreachable` when there is no connection.
  func send(_ command: CallCommand) async throws
}
