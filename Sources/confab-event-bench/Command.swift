import ArgumentTable

/// The command line of confab-event-bench.
let commandTable = CommandTable(
  "confab-event-bench",
  summary: "Measure how many real-time frames the client reads, answers and understands",
  options: [
    .integer("frames", in: 1000...10_000_000, "Frames of a round", default: 100_000),
    .integer("rounds", in: 1...1000, "How often it is measured", default: 5),
    .flag("check", "End with 69 when the figure that is wanted is missed"),
  ])
