import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  private static let limit = CommandTable.Option.integer(
    "limit", "COUNT", in: 1...10_000, "Show the newest ones only", default: 100)

  /// `confab emulator stats`: how much there is.
  static let stats = EmulatorCommand(
    CommandTable("stats", summary: "show how much there is of everything")
  ) { _, administration in
    let answer = try await administration.ask("GET", "/stats")
    let members = (answer.object?.members ?? []).filter { $0.name != "clock" }
    let width = members.map(\.name.count).max() ?? 0
    return Answer(
      lines: members.map { member in
        let blanks = String(repeating: " ", count: width - member.name.count)
        return "\(member.name)\(blanks)  \(member.value.text)"
      }, json: answer)
  }

  /// `confab emulator users`: the identities.
  static let users = EmulatorCommand(
    CommandTable("users", summary: "list the identities, newest first", options: [limit])
  ) { arguments, administration in
    let answer = try await administration.ask(
      "GET", "/users?limit=\(arguments.integer("limit") ?? 100)")
    let table = TextTable(
      ["IDENTITY", "NAME", "DISPLAY NAME", "BOT", "THREADS", "CREATED", "DELETED"],
      answer["value"]?.array ?? [], empty: "There is no user."
    ) { user in
      ["id", "name", "displayName", "bot", "threads", "createdOn", "deletedOn"].map(user.shown)
    }
    return Answer(lines: table.lines, json: answer)
  }

  /// `confab emulator threads`: the chat threads.
  static let threads = EmulatorCommand(
    CommandTable("threads", summary: "list the threads, newest change first", options: [limit])
  ) { arguments, administration in
    let answer = try await administration.ask(
      "GET", "/threads?limit=\(arguments.integer("limit") ?? 100)")
    let table = TextTable(
      ["THREAD", "TOPIC", "PEOPLE", "MESSAGES", "LAST MESSAGE", "DELETED"],
      answer["value"]?.array ?? [], empty: "There is no thread."
    ) { thread in
      ["id", "topic", "participants", "messages", "lastMessageOn", "deletedOn"].map(thread.shown)
    }
    return Answer(lines: table.lines, json: answer)
  }

  /// `confab emulator tokens`: what is known of the tokens; never the tokens.
  static let tokens = EmulatorCommand(
    CommandTable(
      "tokens",
      summary: "list the user access tokens issued since the start, but not what they are",
      options: [limit])
  ) { arguments, administration in
    let answer = try await administration.ask(
      "GET", "/tokens?limit=\(arguments.integer("limit") ?? 100)")
    let table = TextTable(
      ["IDENTITY", "SCOPES", "ISSUED", "EXPIRES", "STATE"], answer["value"]?.array ?? [],
      empty: "No token was issued since the start."
    ) { token in
      ["identity", "scopes", "issuedOn", "expiresOn", "state"].map(token.shown)
    }
    return Answer(lines: table.lines, json: answer)
  }
}
