public import ACSTypes

/// The requests of SMS (WIRE 5), without their authorisation.
public struct SMSRequests: Hashable, Sendable {
  /// What can be done with the list of those who want no messages of a sender.
  public enum OptOutAction: String, Hashable, Sendable {
    /// They want none.
    case add
    /// They want some again.
    case remove
    /// Whether they want none.
    case check
  }

  private let builder: RequestBuilder

  /// Requests to the resource at `endpoint`; opt-outs exist from version 2026-01-23 on.
  public init(endpoint: String, apiVersion: String = "2026-01-23") {
    builder = RequestBuilder(endpoint: endpoint, apiVersion: apiVersion)
  }

  /// Sends text messages; answered with 202 and ``SMSSendResponse``.
  public func send(_ message: SMSSendRequest) -> HTTPRequest {
    builder.request("POST", "/sms", body: message)
  }

  /// Changes or asks who wants no messages; answered with ``OptOutResponse``.
  public func optOuts(_ action: OptOutAction, _ request: OptOutRequest) -> HTTPRequest {
    builder.request("POST", "/sms/optouts:\(action.rawValue)", body: request)
  }
}
