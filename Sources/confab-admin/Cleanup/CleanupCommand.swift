import ArgumentTable
import Glibc

extension AdminCommand {
  /// `confab cleanup`: deletes the identities that this machine made.
  static let cleanup = AdminCommand(
    CommandTable(
      "cleanup", summary: "list and delete the identities that this machine made",
      about: [
        """
        The commands that make identities note each one in $XDG_STATE_HOME/confab/identities.jsonl \
        (~/.local/state/confab) before anybody uses it. This lists and deletes those of the resource whose credential \
        is given that may still be there: one that a killed quickstart left, for example. It asks first; without a \
        terminal it needs --yes.
        """, AdminCommand.exitCodes,
      ],
      options: [
        .flag("list", "Only list them, of every resource; no credential is needed"),
        .flag("yes", short: "y", "Delete without asking"),
      ],
      examples: [
        .init("confab cleanup --list", "What there is"),
        .init("confab cleanup --yes --json", "From a script"),
      ])
  ) { workplace in
    let made = try workplace.journal.remaining()
    guard !workplace.arguments.flag("list") else {
      Cleanup.list(made, to: workplace.output)
      return .done
    }
    let resource = try workplace.resource()
    let cleanup = Cleanup(made, of: resource)
    defer { cleanup.mentionOthers(to: workplace.output) }
    guard !cleanup.identities.isEmpty else {
      workplace.output.say("There is nothing to clean up at \(resource.endpoint).")
      workplace.output.say(json: CleanupReport().json)
      return .done
    }
    guard try isConfirmed(cleanup, by: workplace) else { return .done }
    let report = try await cleanup.run(resource)
    try workplace.journal.tidy()
    return report.print(to: workplace.output)
  }

  /// Whether the person agrees: by `--yes`, or at the terminal.
  ///
  /// - Throws: `UsageError` where there is nobody to ask.
  private static func isConfirmed(_ cleanup: Cleanup, by workplace: Workplace) throws -> Bool {
    if workplace.arguments.flag("yes") { return true }
    let output = workplace.output
    for line in Cleanup.lines(cleanup.identities) { output.complain(line) }
    let count = Cleanup.count(cleanup.identities)
    guard isatty(STDIN_FILENO) == 1 else {
      throw workplace.wrong("there is nobody to ask whether to delete \(count); give --yes")
    }
    output.complain("Delete \(count)? [y/N]")
    if ["y", "yes"].contains(readLine()?.lowercased()) { return true }
    output.complain("confab: nothing was deleted")
    return false
  }
}
