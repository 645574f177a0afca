import ArgumentTable

/// The command line of confab-bench.
let commandTable = CommandTable(
  "confab-bench",
  summary: "Measure confab against a minimal C program",
  about: [
    "Runs both in pseudo-terminals of 120 by 40 and measures, in turns: the time to the first full "
      + "screen, the time from a key to its echo and the bytes sent for it, and what idling costs. "
      + "Exits 1 when a count is over its limit; times depend on the machine and only inform, "
      + "unless --strict is given."
  ],
  options: [
    .text("client", "COMMAND", "The client and its arguments, as a shell would split them"),
    .text("minimal", "PATH", "Benchmarks/minimal.c, compiled", default: ".build/minimal"),
    .text(
      "ready-text", "TEXT", "A word of the client's whole first screen, best of its last row",
      default: ">"),
    .text("minimal-ready-text", "TEXT", "The same of the minimal program", default: "say>"),
    .integer("starts", in: 1...1000, "Counted starts of each program", default: 20),
    .integer("keys", in: 40...100_000, "Keys typed into each program", default: 2000),
    .integer(
      "idle", "SECONDS", in: 0...3600, "How long to watch both idle; 0 leaves it out", default: 30),
    .integer(
      "polls", in: 0...100_000, "Polls of the service allowed meanwhile; one in 2 s if not given"),
    .text("thresholds", "FILE", "What is good enough, as JSON; built in if not given"),
    .text("json", "FILE", "Write the report there too"),
    .flag("strict", "Let times over their limits decide, too"),
  ],
  examples: [
    .init(
      "confab-bench --client \".build/release/confab --config demo.json5\"",
      "Measure a client that has its servers already")
  ],
  subcommands: [
    CommandTable(
      "paint", summary: "Compare the first paints of two clients, in turns",
      options: [
        .text("ready-text", "TEXT", "A word of the whole first screen of both", default: "leave"),
        .integer("starts", in: 1...1000, "Counted starts of each", default: 40),
        .text("thresholds", "FILE", "What is good enough, as JSON; built in if not given"),
        .flag("check", "End with 69 when the second takes longer than is wanted"),
      ],
      operands: [
        .init("FEW", "The command of a client with few threads"),
        .init("MANY", "The command of one with many"),
      ])
  ])

/// Splits a command at blanks; single and double quotes keep them.
func split(command: String) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  for character in command {
    switch character {
    case quote: quote = nil
    case "'" where quote == nil, "\"" where quote == nil:
      quote = character
      word = word ?? ""
    case " " where quote == nil:
      if let word { words.append(word) }
      word = nil
    default: word = (word ?? "") + String(character)
    }
  }
  if let word { words.append(word) }
  return words
}
