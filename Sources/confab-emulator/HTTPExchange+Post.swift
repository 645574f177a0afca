import ACSTypes
import Emulator
import Services

extension HTTPExchange {
  /// Posts to a web hook.
  ///
  /// - Returns: The answer; `nil` when none came within `timeout`.
  func post(_ delivery: WebhookDelivery, timeout: Duration) async -> HTTPResponse? {
    let schemeEnd = delivery.url.firstRange(of: "://")?.upperBound ?? delivery.url.startIndex
    let slash = delivery.url[schemeEnd...].firstIndex(of: "/") ?? delivery.url.endIndex
    let target = String(delivery.url[slash...])
    let request = HTTPRequest(
      method: "POST", origin: String(delivery.url[..<slash]),
      target: target.isEmpty ? "/" : target, headers: delivery.headers, body: delivery.body,
      timeout: timeout)
    return try? await exchange(request)
  }
}
