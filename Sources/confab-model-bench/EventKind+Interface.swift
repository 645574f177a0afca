import ACSTypes
import ClientModel
import KeyInput

// What the person and the terminal do.
extension EventKind {
  static let interface = [
    keys("typed-key", "x", "y"),
    keys("page-up-and-down", "PgUp", "PgDn"),
    keys("next-thread", "M-Down", "M-Up"),
    EventKind("paste") { _, turn in .pasted("pasted \(turn)") },
    EventKind("wheel") { _, turn in
      .mouseUsed(
        MouseInput(kind: turn % 2 == 0 ? .scrollUp : .scrollDown, column: 60, row: 10),
        target: nil)
    },
    EventKind("click") { _, turn in
      .mouseUsed(
        MouseInput(kind: .press, column: 2, row: 3), target: ScreenTarget.name(of: thread(turn)))
    },
    EventKind("focus") { _, turn in .focusChanged(isFocused: turn % 2 == 0) },
    EventKind("resize") { _, turn in .resized(Viewport(columns: 100 + turn % 2, rows: 40)) },
  ]

  /// What other parts of the client tell.
  static let signs = [
    EventKind("token-flow") { _, turn in
      .tokenFlowed(
        TokenFlowStep(
          id: turn, kind: .request, title: "Token", startedOn: ModelUnderTest.start,
          details: ["user  Alice"]))
    },
    EventKind("sign-in-prompt") { _, turn in
      .signInPrompted(
        turn % 2 == 0
          ? SignInPrompt(
            userCode: "AB", verificationURL: "http://127.0.0.1",
            expiresOn: ModelUnderTest.start + .seconds(900)) : nil)
    },
    EventKind("ringing") { _, turn in
      .signalled(
        .incoming(callID: CallID("c\(turn)"), from: ModelUnderTest.person(1), displayName: "P"))
    },
    EventKind("connected") { model, _ in
      model.settle(threads: 20)
      return .chatSignalled(.connected)
    },
    EventKind("no-disk") { _, _ in .historyFailed("The disk is full.") },
    EventKind("no-recording") { _, _ in
      .recordingEnded(ServiceError(.storeFailed, "The disk is full."))
    },
  ]
}
