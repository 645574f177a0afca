import ArgumentTable

extension CommandTable {
  /// The command line of confab-sim.
  static let sim = CommandTable(
    "confab-sim",
    summary: "Try clients, emulator and trusted service against seeded people and faults",
    about: [
      """
      Each seed is a run of its own: people who write, edit, delete, come and go; networks and servers that fail; \
      clients and servers that are killed. Then all is mended, and every client is held against the service. All of it \
      is in this process, on virtual time, and the same for the same seed.
      """,
      "A run that fails is printed with what differs, the fewest steps that still fail, and the command that repeats it.",
    ],
    options: [
      .integer("seeds", "N", in: 1...10_000_000, "How many seeds, one after the other", default: 1),
      .integer("seed", "S", in: 0...1_000_000_000_000, "The first seed", default: 1),
      .integer("steps", "M", in: 1...100_000, "Steps of a run", default: 120),
      .integer("users", "U", in: 2...8, "People of a run", default: 4),
      .integer(
        "jobs", "J", in: 1...256, "Runs at the same time; as many as there are cores if not given"),
      .text("only", "PLACES", "Of the steps only those, as a failure prints them: 3,17,20-22"),
      .flag("no-shrink", "Leave a failing run as it is"),
      .integer(
        "shrink-seconds", "T", in: 1...86_400, "How long to look for the fewest steps", default: 120
      ),
      .text("defect", "NAME", "Give the first client a defect, to see it found: forgetful-disk"),
      .flag("json", "Print one JSON value a run"),
      .flag("verbose", "Print what happens, line by line"),
    ],
    examples: [
      Example("confab-sim --seeds 100", "Run seeds 1 to 100"),
      Example("confab-sim --seed 17 --verbose", "Follow one run"),
    ])
}
