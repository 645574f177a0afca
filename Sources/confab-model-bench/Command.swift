import ArgumentTable

/// The command line of confab-model-bench.
let commandTable = CommandTable(
  "confab-model-bench",
  summary: "Measure the model of the client by itself",
  subcommands: [
    CommandTable(
      "speed", summary: "Events a second, inserts into a full window, bytes a message",
      options: [
        .integer("events", in: 1000...100_000_000, "Message events", default: 1_000_000),
        .integer("threads", in: 1...100_000, "Threads that they come to", default: 1000),
        .integer("rounds", in: 1...1000, "How often the events are measured", default: 3),
        .flag("check", "End with 69 when a figure that is wanted is missed"),
      ]),
    CommandTable(
      "recording", summary: "What --record adds to an event",
      options: [.flag("check", "End with 69 when a figure that is wanted is missed")]),
    CommandTable(
      "allocations",
      summary: "Bytes that each kind of event asks for in a small and in a large state, a line each"
    ),
  ],
  needsSubcommand: true)
