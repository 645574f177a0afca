import ACSTypes
import Testing

@testable import ACSAuth

@Suite("DeviceCodePolling")
struct DeviceCodePollingTests {
  static let start = Timestamp(seconds: 1_795_000_000)

  /// What the authority answers, poll by poll, and after how many seconds the next poll comes; `x` gives up.
  @Test(
    "the interval is obeyed, slow_down adds 5 s for good, failures double the wait",
    arguments: [
      (["pending", "pending", "pending"], [5, 5, 5, 5]),
      (["pending", "slow", "pending", "slow", "pending"], [5, 5, 10, 10, 15, 15]),
      (["lost", "pending", "lost", "lost", "lost", "lost"], [5, 10, 10, 20, 40, 60, 60]),
      (["500", "slow", "pending"], [5, 10, 15, 15]),
      (["429", "pending"], [5, 30, 30]),
    ])
  func pace(answers: [String], waits: [Int64]) {
    var polling = DeviceCodePolling(interval: .seconds(5), expiresOn: Self.start + .seconds(900))
    var now = Self.start
    var told = [seconds(polling.began(now: now))]
    for answer in answers {
      now = now + .seconds(told.last ?? 0)
      let instruction =
        answer == "lost"
        ? polling.stumbled(ServiceError(.unreachable, "Down."), now: now)
        : polling.answered(Self.answer(answer), now: now)
      told.append(seconds(instruction))
    }
    #expect(told == waits)
  }

  @Test("the last poll comes at the code's end, and none after it")
  func end() {
    var polling = DeviceCodePolling(interval: .seconds(5), expiresOn: Self.start + .seconds(12))
    let pending = Self.answer("pending")
    #expect(polling.answered(pending, now: Self.start + .seconds(5)) == .poll(after: .seconds(5)))
    #expect(polling.answered(pending, now: Self.start + .seconds(10)) == .poll(after: .seconds(2)))
    #expect(polling.answered(pending, now: Self.start + .seconds(12)) == .fail(.codeExpired))
    let down = ServiceError(.unreachable, "Down.")
    #expect(polling.stumbled(down, now: Self.start + .seconds(13)) == .fail(.codeExpired))
  }

  @Test(
    "what ends the sign-in, and whether a person can mend it",
    arguments: [
      (
        "expired_token", ServiceError.Code.signInNeeded, "The code expired before anybody signed in"
      ),
      ("code_expired", .signInNeeded, "The code expired before anybody signed in"),
      ("access_denied", .signInNeeded, "The sign-in was denied in the browser."),
      ("authorization_declined", .signInNeeded, "The sign-in was denied in the browser."),
      (
        "invalid_client", .authFailed,
        "The authority refuses the sign-in: Words. [invalid_client] Check the clientId,"
      ),
      ("invalid_scope", .authFailed, "The authority refuses the sign-in: Words. [invalid_scope]"),
      ("\u{1B}[31mnew", .authFailed, "The authority refuses the sign-in: Words. [[31mnew]"),
    ])
  func ends(error: String, code: ServiceError.Code, words: String) {
    var polling = DeviceCodePolling(interval: .seconds(5), expiresOn: Self.start + .seconds(900))
    let answer = AuthorityAnswer.refused(error: error, words: "Words.")
    guard case .fail(let failure) = polling.answered(answer, now: Self.start) else {
      Issue.record("it goes on after \(error)")
      return
    }
    #expect(failure.code == code)
    #expect(failure.message.hasPrefix(words))
  }

  @Test("a certificate that is refused, a web page and a wrong address are not polled again")
  func hopeless() {
    var polling = DeviceCodePolling(interval: .seconds(5), expiresOn: Self.start + .seconds(900))
    let refused = ServiceError(.certificateRefused, "No.")
    #expect(polling.stumbled(refused, now: Self.start) == .fail(refused))
    for (status, type) in [(200, "text/html"), (404, "text/html"), (302, "text/html")] {
      let answer = AuthorityAnswer(
        HTTPResponse(status: status, headers: ["Content-Type": type], body: Array("<p>".utf8)),
        during: "asking")
      guard case .fail = polling.answered(answer, now: Self.start) else {
        Issue.record("it goes on after \(status)")
        continue
      }
    }
  }

  @Test(
    "a life that no clock can hold is kept within a year",
    arguments: [
      (#""nan""#, Duration.seconds(3600)), (#""inf""#, .seconds(86_400 * 365)), ("-1", .zero),
      (#""-inf""#, .zero), ("1e300", .seconds(86_400 * 365)),
    ])
  func oddLife(written: String, life: Duration) {
    let body = #"{"access_token":"t","expires_in":\#(written)}"#
    let answer = AuthorityAnswer(
      HTTPResponse(status: 200, body: Array(body.utf8)), during: "asking")
    #expect(
      answer == .granted(AuthorityAnswer.Grant(accessToken: Secret("t"), life: life)))
  }

  private static func answer(_ word: String) -> AuthorityAnswer {
    switch word {
    case "pending": .refused(error: "authorization_pending", words: "")
    case "slow": .refused(error: "slow_down", words: "")
    case "429":
      AuthorityAnswer(
        HTTPResponse(status: 429, headers: ["Retry-After": "30"]), during: "asking")
    default: AuthorityAnswer(HTTPResponse(status: 500), during: "asking")
    }
  }

  private func seconds(_ instruction: DeviceCodePolling.Instruction) -> Int64 {
    if case .poll(let pause) = instruction { pause.components.seconds } else { -1 }
  }
}
