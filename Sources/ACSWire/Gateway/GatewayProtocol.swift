public import ACSTypes

/// The contract between a terminal and the trusted service's call gateway (docs/gateway-protocol.md).
///
/// Nothing of it is Azure Communication Services'.
public enum GatewayProtocol {
  /// The version that this code speaks.
  public static let version = 1

  /// Where the WebSocket is.
  public static let path = "/gateway"

  /// The request that opens the WebSocket; the authorisation is added by others.
  public static func connect(to origin: String) -> HTTPRequest {
    HTTPRequest(method: "GET", origin: origin, target: path)
  }
}

extension WireError.Code {
  /// A gateway message of a type that this version does not know: to be ignored.
  public static let unknownType = WireError.Code(rawValue: "unknownType")
}

extension WireError {
  static func unknownType() -> WireError {
    WireError(.unknownType, "This type of message is not known.", path: "type")
  }
}
