extension Command {
  /// Fetch a new token now: try again after a failure, ask for a new code, or show the one that waits.
  public static let renewTokenNow = Command(
    "renew-token", help: "Sign in again: fetch a new token now", keys: ["M-n"], in: .anywhere
  ) { state, turn in
    state.renewTokenNow(&turn)
  }
}
