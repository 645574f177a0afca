extension Command {
  /// Fetch a new token now.
  public static let renewTokenNow = Command(
    "renew-token", help: "Fetch a new token now", keys: ["M-n"], in: .anywhere
  ) { state, turn in
    state.renewToken(&turn)
  }
}
