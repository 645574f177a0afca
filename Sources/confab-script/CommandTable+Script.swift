import ArgumentTable

extension CommandTable {
  /// The command line of `confab script`.
  static let script = CommandTable(
    "confab-script", summary: "play scripts against the client",
    about: [
      """
      A script says what people do at their clients, what goes wrong meanwhile, and what they see then. It is checked as a \
      whole before anything runs, and played in memory on virtual time: the same every time, on every machine. \
      docs/scripting.md is the reference, docs/scripting-tutorial.md begins at the beginning, and Examples has scripts.
      """
    ],
    subcommands: [run, check, record, language], needsSubcommand: true)

  private static let run = CommandTable(
    "run", summary: "play scripts",
    about: [
      """
      Each scene is played in a world of its own. A failure prints the line, the screen, the state around what was looked \
      at, what happened last, and the command that plays just this scene.
      """,
      "Exit codes: 0 when all scenes passed, 1 when some failed, 64 when a script has errors; then nothing was played.",
    ],
    options: [
      .text(
        "only", "TAG|SCENE",
        "Only scenes of this name, or with this tag; where a scene of a script has the name, it alone; may be repeated",
        repeatable: true),
      .integer("jobs", short: "j", "N", in: 1...256, "Scenes at the same time", default: 1),
      .integer(
        "shuffle", "SEED", in: 0...1_000_000_000, "Play the scenes in an order that the seed makes"),
      .integer(
        "seed", "SEED", in: 0...1_000_000_000_000, "Makes all chance, whatever the script says"),
      .flag("update", "Write snapshots that are missing or differ, and pictures beside them"),
      .integer(
        "weather", "N", in: 1...100_000, "Play each scene under N seeded schedules of faults, too"),
      .integer(
        "weather-seed", "SEED", in: 1...1_000_000_000, "The first of these seeds", default: 1),
      .text(
        "weather-only", "PLACES",
        "Of the one schedule only these faults, as a failure prints them: 3,17, or none"),
      .flag("pty", "Play with the built programs, each client in a pseudo-terminal of its own"),
      .text("against", "URL", "Play against a running token service, in real time"),
      .text("endpoint", "URL", "With --against, where Chat is, if the token service does not tell"),
      .text("ca", "FILE", "With --against, trust this certificate, too"),
      .text("report", "FILE", "Write a JUnit report"),
      .text("trace", "FILE", "Write what happened in each scene, line by line"),
      .flag("watch", "Play again whenever a script changes"),
      .flag("step", "Play line by line: a key goes on, and the screen is shown"),
      .flag("json", "Print one JSON value a scene"),
      .flag("quiet", short: "q", "Print failures and the sum only"),
    ],
    operands: [.init("FILE", "A script, or a folder with scripts", count: .many)],
    examples: [
      .init("confab script run Examples", "Play all examples"),
      .init("confab script run --only \"token expires\" stale-token.confab", "Play one scene"),
      .init("confab script run --weather 20 --jobs 2 Tests/Scripts", "Let a lot go wrong"),
    ])

  private static let check = CommandTable(
    "check", summary: "check scripts without playing them",
    about: ["Prints every error with file, line and column, and ends with 64 when there is one."],
    options: [.flag("json", "Print one JSON value an error")],
    operands: [.init("FILE", "A script, or a folder with scripts", count: .many)],
    examples: [.init("confab script check stale-token.confab", "Check a script")])

  private static let record = CommandTable(
    "record", summary: "write a script while you use the client",
    about: [
      """
      Opens the client on this terminal, in a world in memory. What you do is written down as a script, with what you saw as \
      expectations; it passes when it is run. The other people of the world are there to be written to.
      """
    ],
    options: [
      .text("users", "NAMES", "The people; you are the first", default: "Alice,Bob"),
      .text("thread", "TOPIC", "A thread that there is, with all of them", default: "General"),
      .flag("force", "Write over a file that is there"),
    ],
    operands: [.init("FILE", "The script to write")],
    examples: [.init("confab script record hello.confab", "Write a script")])

  private static let language = CommandTable(
    "language", summary: "print the language of scripts",
    about: [
      """
      Prints the reference of the language, a grammar for an editor, or the tables that both are made of, as JSON.
      """
    ],
    options: [
      .choice(
        "as", LanguageCommand.Form.allCases.map(\.rawValue), "What is printed",
        default: LanguageCommand.Form.markdown.rawValue)
    ],
    examples: [.init("confab script language --as vim", "The grammar for Vim")])
}
