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
        // A service that asks for a sign-in; docs/authentication.md has all of it. One of:
        // login: { header: "x-api-key", environment: "MY_KEY" },
        // login: { file: "~/.config/confab/authorization" },       // header Authorization
        // login: { command: ["my-login", "--print-header"] },
        // login: { deviceCode: { tenant: "…", clientId: "…", scope: "api://…/access_as_user" } },
      },
      gateway: "http://127.0.0.1:7760/gateway",   // for calls; may be left out
      // certificateAuthority: "~/.local/share/confab/emulator/ca.pem",
      // token: { environment: "MY_TOKEN" },  // in place of tokenService: one token, never renewed
      // scopes: ["chat", "voip"],
      // theme: "light",  // or nord, plain, the path of a file
      // realtime: "off",  // asks every few seconds only; "auto" takes events where they are offered
      // polling: { open: 1.8, idle: 15, list: 15 },  // seconds
      // history: { keep: true, retentionDays: 365 },  // what stays on this machine; false: nothing, "memory": until it ends
      // keys: { "C-x": "quit", "C-q": "none" },      // F1 shows the keys
    }
    """
}
