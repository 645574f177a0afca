import ACSAuth
import ACSTypes

/// How far this computer's clock is from the service's, where that explains why a signed request was refused.
struct ClockSkew: Equatable {
  /// How much the computer's clock is behind; negative when it is ahead.
  let behind: Duration

  /// What counts as far: less is a slow answer, and no service minds it.
  private static let least = Duration.seconds(120)

  /// Compares the date that was signed with the one of the answer.
  ///
  /// - Returns: `nil` for any answer but 401, where a date is missing, and when the two are near.
  init?(signed request: HTTPRequest, refusal: HTTPResponse) {
    guard refusal.status == 401,
      let ours = request.headers["x-ms-date"].flatMap({ Timestamp(httpDate: $0) }),
      let theirs = refusal.headers["Date"].flatMap({ Timestamp(httpDate: $0) })
    else { return nil }
    behind = theirs - ours
    guard behind >= ClockSkew.least || behind <= .zero - ClockSkew.least else { return nil }
  }

  /// What to do.
  var words: String {
    "This computer's clock is about \(rounded.words) \(behind > .zero ? "behind" : "ahead of") the "
      + "service's. Set it: signatures with another time are refused."
  }

  /// To whole minutes: the dates have whole seconds, and the answer took some time.
  private var rounded: Duration {
    let seconds = behind.components.seconds.magnitude
    return .seconds((seconds + 30) / 60 * 60)
  }
}
