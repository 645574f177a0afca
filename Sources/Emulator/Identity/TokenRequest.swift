import ACSTypes

/// What may be asked of a token.
enum TokenRequest {
  /// How long a token may live, in minutes.
  private static let minutes = 60...1440
  /// How long it lives when nobody says.
  static let defaultMinutes = 1440

  /// Checks a lifetime, in the words recorded (WIRE 3).
  ///
  /// - Throws: ``Refusal`` with status 400.
  static func check(minutes: Int?) throws(Refusal) {
    guard let minutes, !TokenRequest.minutes.contains(minutes) else { return }
    throw Refusal(
      400, "ValidationError",
      "ExpiresInMinutes value \(minutes) is invalid. Value must be within the [60, 1440] interval.",
      target: "ExpiresInMinutes")
  }

  /// Checks scopes, in the words recorded (WIRE 3).
  ///
  /// - Throws: ``Refusal`` with status 400.
  static func check(scopes asked: [String]) throws(Refusal) {
    guard !asked.isEmpty else {
      throw Refusal(
        400, "ValidationError", "Invalid scopes - Scopes field is required.", target: "scopes")
    }
    for scope in asked where !TokenScope.known.contains(TokenScope(rawValue: scope)) {
      throw Refusal(
        400, "ValidationError", "Invalid scopes - \(scope).", target: "scopes",
        why: "Scopes are \(TokenScope.known.map(\.rawValue).joined(separator: ", ")).")
    }
  }
}
