import ArgumentTable

/// The command line of confab-history-bench.
let commandTable = CommandTable(
  "confab-history-bench",
  summary: "Measure the history that a client keeps on disk",
  subcommands: [
    CommandTable(
      "measure", summary: "Fill FILE if it is new, and time what a client does with it",
      options: size + measurement(rounds: 21), operands: [file]),
    CommandTable(
      "open", summary: "Fill FILE if it is new, and time the opening of its longest thread",
      options: size + measurement(rounds: 101), operands: [file]),
    CommandTable(
      "account", summary: "Fill the history of who uses a configuration, as a client keeps it",
      options: size + [
        .text("endpoint", "URL", "The service's, as it is configured", default: ""),
        .text("token-place", "URL", "The token service's, as it is configured", default: ""),
        .text("user", "NAME", "The user, as they are configured", default: ""),
      ]),
    CommandTable(
      "write", summary: "Write until killed; print each save that is safe",
      options: [
        .integer("from", in: 0...1_000_000_000, "The number of the first save", default: 0),
        .integer("most", in: 1...1_000_000_000, "The greatest size of a file, in KiB"),
      ],
      operands: [file]),
  ],
  needsSubcommand: true)

private let file = CommandTable.Operand("FILE", "Where the history is; kept")

private let size: [CommandTable.Option] = [
  .integer("messages", in: 100...100_000_000, "Messages of all threads", default: 1_000_000),
  .integer("threads", in: 10...1_000_000, "Threads", default: 10_000),
  .integer("long", in: 0...100_000_000, "Messages of the longest thread", default: 100_000),
]

private func measurement(rounds: Int) -> [CommandTable.Option] {
  [
    .integer("rounds", in: 1...1000, "How often each thing is timed", default: rounds),
    .flag("check", "End with 69 when a figure that is wanted is missed"),
  ]
}
