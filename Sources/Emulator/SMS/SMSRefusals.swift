import ACSWire

extension Refusal {
  /// 400 as SMS writes it: members of the body and what is wrong with each, in no envelope (WIRE 5, 12.11).
  static func modelState(_ member: String, _ message: String, why: String? = nil) -> Refusal {
    var refusal = Refusal(400, "BadRequest", message, target: member, why: why ?? message)
    refusal.modelState = [member: [.string(message)]]
    return refusal
  }

  /// What the body names and what is wrong with it, where the plane has no envelope for that.
  func modelState(for plane: Plane) -> JSONObject? {
    if let modelState { return modelState }
    guard plane == .sms, status == 400, code == "BadRequest" else { return nil }
    let name = target ?? ""
    return [name.prefix(1).uppercased() + name.dropFirst(): [.string(message ?? why)]]
  }

  /// 401 for a sender that is another's, with the empty words recorded (WIRE 12.11).
  static func senderNotOwned(_ sender: String, owned: [String]) -> Refusal {
    Refusal(
      401, "Unauthorized", "",
      why: "The resource does not own \(sender); it owns \(owned.joined(separator: ", ")). "
        + "--phone-number gives it more.")
  }
}
