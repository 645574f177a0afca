extension Command {
  /// Stops the program as a shell's job.
  public static let suspend = Command(
    "suspend", help: "Stop Confab as a job of the shell", keys: ["C-z"], in: .anywhere
  ) { state, turn in
    turn.tell(.suspend, in: &state)
  }
}
