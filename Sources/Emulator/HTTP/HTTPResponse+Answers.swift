import ACSTypes
import ACSWire

extension HTTPResponse {
  /// A success with a JSON body.
  static func json(_ value: some WireValue, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: ["Content-Type": "application/json; charset=utf-8"],
      body: value.bytes)
  }

  /// A success without a body.
  static func empty(_ status: Int) -> HTTPResponse { HTTPResponse(status: status) }

  /// An error in the envelope of `plane`, with its reason in `X-Confab-Why`.
  ///
  /// Errors have no charset in their content type, but for those that stand in no envelope (WIRE 12.15).
  init(_ refusal: Refusal, plane: Plane) {
    let modelState = refusal.modelState(for: plane)
    self.init(
      status: refusal.status,
      headers: [
        "Content-Type": modelState == nil ? "application/json" : "application/json; charset=utf-8",
        "X-Confab-Why": headerText(refusal.why),
      ], body: modelState.map { JSONValue.object($0).bytes } ?? plane.envelope(refusal))
    if plane == .rooms { headers["x-ms-error-code"] = refusal.code }
    if let seconds = refusal.retryAfter { headers["Retry-After"] = String(seconds) }
  }
}

/// The text without what a header field cannot carry, and not longer than 1,000 bytes.
func headerText(_ text: String) -> String {
  String(decoding: text.utf8.prefix(1000).map { 0x20..<0x7F ~= $0 ? $0 : 0x3F }, as: UTF8.self)
}
