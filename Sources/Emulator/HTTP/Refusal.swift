import Services
import ACSTypes
import ACSWire

/// A request that is answered with an error; which envelope it gets is the plane's matter.
struct Refusal: Error {
  /// The HTTP status.
  var status: Int
  /// The service's code.
  var code: String
  /// The service's words; `nil` where it has none.
  var message: String?
  /// What it is about.
  var target: String?
  /// What is wrong and what to do, in plain words, for `X-Confab-Why`.
  var why: String
  /// The body where the service writes no envelope: a member's name and what is wrong with it.
  var modelState: JSONObject?
  /// The seconds after which to ask again, for `Retry-After`.
  var retryAfter: Int64?

  init(
    _ status: Int, _ code: String, _ message: String?, target: String? = nil, why: String? = nil
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.target = target
    self.why = why ?? message ?? code
  }
}

extension Refusal: CustomStringConvertible {
  /// The reason, for a caller that is no request.
  var description: String { why }
}

extension Refusal {
  /// 400 for a body that cannot be read; the reason names line and column, or the member.
  init(_ error: WireError) {
    let place = error.path.isEmpty ? nil : error.path
    self.init(
      400, "BadRequest", "\(error)", target: place, why: "The body cannot be read: \(error)")
  }

  /// 500 for a store that fails.
  init(_ error: StoreError) {
    self.init(500, "InternalServerError", "The emulator's store failed.", why: error.message)
  }
}
