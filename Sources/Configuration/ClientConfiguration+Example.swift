extension ClientConfiguration {
  /// A whole config file, as the README and `confab --help` show it.
  public static let example = """
    {
      // Where chat is: an ACS resource, or the emulator on this machine.
      endpoint: "http://127.0.0.1:7750",
      displayName: "Alice",
      tokenService: {
        url: "http://127.0.0.1:7760/token",       // asked with ?user=…&scope=…
        user: "alice",                            // the name by which it knows you
        usersURL: "http://127.0.0.1:7760/users",  // finds people by name; may be left out
      },
      gateway: "http://127.0.0.1:7760/gateway",   // for calls; may be left out
      // certificateAuthority: "~/.local/share/confab/emulator/ca.pem",
      // scopes: ["chat", "voip"],
      // theme: "plain",
      // polling: { open: 1.8, idle: 15, list: 15 },  // seconds
      // keys: { "C-x": "quit", "C-q": "none" },      // F1 shows the keys
    }
    """
}
