import ArgumentTable

/// The command line of confab-history-bench.
let commandTable = CommandTable(
  "confab-history-bench",
  summary: "Measure the history that a client keeps on disk",
  subcommands: [
    CommandTable(
      "measure", summary: "Fill FILE if it is new, and time what a client does with it",
      options: [
        .integer("messages", in: 1000...100_000_000, "Messages of all threads", default: 1_000_000),
        .integer("threads", in: 10...1_000_000, "Threads", default: 10_000),
        .integer("long", in: 1...100_000_000, "Messages of the longest thread", default: 100_000),
        .integer("rounds", in: 1...1000, "How often each thing is timed", default: 21),
      ],
      operands: [.init("FILE", "Where the history is; kept")]),
    CommandTable(
      "write", summary: "Write until killed; print each save that is safe",
      options: [
        .integer("from", in: 0...1_000_000_000, "The number of the first save", default: 0),
        .integer("most", in: 1...1_000_000_000, "The greatest size of a file, in KiB"),
      ],
      operands: [.init("FILE", "Where the history is; kept")]),
  ],
  needsSubcommand: true)
