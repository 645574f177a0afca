extension Command {
  /// Do not wait for the next try: reach the service, open the channel of events or sign in now; without any trouble
  /// fetch a new token, and while a code waits show it.
  public static let renewTokenNow = Command(
    "renew-token", help: "Try again now, or sign in again: fetch a new token", keys: ["M-n"],
    in: .anywhere
  ) { state, turn in
    state.tryNow(&turn)
  }
}
