import ACSTypes
import ACSWire
import ArgumentTable
import Executor
import ServerProgram
import TrustedService

/// `confab serve key …`: who may ask with an API key.
enum KeyCommands {
  static func run(_ command: String, _ arguments: ParsedArguments) throws -> ExitCode {
    let file = KeyFile(try KeyCommands.path(arguments))
    switch command {
    case "add": return try add(arguments, to: file)
    case "remove": return try remove(arguments, from: file)
    default: return try list(arguments, file)
    }
  }

  /// The file of keys: named outright, by the config file, or in the data folder.
  private static func path(_ arguments: ParsedArguments) throws -> String {
    if let path = arguments.text("keys-file") { return path }
    if let config = arguments.text("config") {
      let configuration = try ServeConfiguration(file: config)
      if let path = configuration.keysFile { return path }
    }
    return "\(arguments.text("data") ?? DataFolder.standard("serve"))/keys.json"
  }

  private static func add(_ arguments: ParsedArguments, to file: KeyFile) throws -> ExitCode {
    let name = arguments.operand(0) ?? ""
    let made = try key(name, arguments)
    try file.change { ring throws(CommandError) in
      guard ring.key(named: name) == nil || arguments.flag("replace") else {
        throw CommandError(
          .badData, "There is a key \(name); --replace gives it a new one, and the old one ends.")
      }
      ring.add(made.kept)
    }
    if arguments.flag("json") {
      let json: JSONValue = [
        "name": .string(name), "key": .string(made.key.reveal()), "file": .string(file.path),
      ]
      StandardStreams.output(json.text)
    } else {
      StandardStreams.output(made.key.reveal())
      StandardStreams.error(
        "This is the key, told once: only its hash is kept, in \(file.path).")
    }
    return .done
  }

  private static func key(
    _ name: String, _ arguments: ParsedArguments
  ) throws -> (kept: CallerKey, key: Secret) {
    func wrong(_ message: String) -> UsageError {
      UsageError(message, command: "confab serve key add")
    }
    func callerName(_ text: String) throws -> CallerName {
      guard let name = CallerName(text) else {
        throw wrong("'\(text)' cannot be a user's name: 1 to 128 characters, no control characters")
      }
      return name
    }
    guard !name.isEmpty, name.count <= 64,
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
    else { throw wrong("the key's NAME must be 1 to 64 letters, digits, '-', '_' and '.'") }
    let others = arguments.texts("for")
    let isForEvents = arguments.flag("events")
    guard !isForEvents || (others.isEmpty && !arguments.flag("for-anybody")) else {
      throw wrong("--events is a key for posting events and nothing else; make another for tokens")
    }
    guard others.isEmpty || !arguments.flag("for-anybody") else {
      throw wrong("--for and --for-anybody exclude each other")
    }
    let isService = !others.isEmpty || arguments.flag("for-anybody")
    let user = arguments.text("user") ?? (isService || isForEvents ? nil : name)
    let scopes = arguments.texts("scope").flatMap { $0.split(separator: ",").map(String.init) }
    for scope in scopes where !Allowance.everyScope.contains(TokenScope(rawValue: scope)) {
      let known = Allowance.everyScope.map(\.rawValue).joined(separator: ", ")
      throw wrong("'\(scope)' is no scope; known are \(known)")
    }
    let rate = arguments.integer("rate").map { number in
      RateLimit(perSecond: Double(number), burst: Double(number) * 5)
    }
    return CallerKey.make(
      name: name, user: try user.map { try callerName($0) },
      others: try arguments.flag("for-anybody")
        ? .anybody : isService ? .these(others.map { try callerName($0) }) : nil,
      postsEvents: isForEvents,
      allowance: Allowance(
        scopes: scopes.isEmpty ? Allowance.everyScope : scopes.map(TokenScope.init(rawValue:)),
        maximumLifetime: arguments.integer("lifetime") ?? Allowance.lifetimes.upperBound,
        rate: rate),
      now: SystemClock().now, random: SystemRandom())
  }

  private static func remove(_ arguments: ParsedArguments, from file: KeyFile) throws -> ExitCode {
    let name = arguments.operand(0) ?? ""
    try file.change { ring throws(CommandError) in
      guard ring.remove(named: name) else {
        throw CommandError(.badData, "There is no key \(name); `confab serve key list` shows all.")
      }
    }
    return .done
  }

  private static func list(_ arguments: ParsedArguments, _ file: KeyFile) throws -> ExitCode {
    let ring = try file.read()
    for key in ring.keys {
      StandardStreams.output(arguments.flag("json") ? key.summary.text : key.line)
    }
    if ring.keys.isEmpty, !arguments.flag("json") {
      StandardStreams.error("There are no keys in \(file.path).")
    }
    return .done
  }
}

extension CallerKey {
  /// What it is for, for people.
  fileprivate var line: String {
    let use =
      postsEvents
      ? "posts events"
      : [user.map { "user \($0.text)" }, others.map(\.words)].compactMap { $0 }.joined(
        separator: ", ")
    let scopes = allowance.scopes.map(\.rawValue).joined(separator: ",")
    return "\(name)  \(use)  \(scopes)  \(allowance.maximumLifetime) min  \(createdOn.iso8601)"
  }

  /// The same for programs.
  fileprivate var summary: JSONValue {
    var json: JSONObject = ["name": .string(name)]
    json["user"] = user.map { .string($0.text) }
    json["actsFor"] = others.map { .string($0.words) }
    json["postsEvents"] = .bool(postsEvents)
    json["scopes"] = .array(allowance.scopes.map { .string($0.rawValue) })
    json["maximumLifetime"] = .integer(Int64(allowance.maximumLifetime))
    json["createdOn"] = .string(createdOn.iso8601)
    return .object(json)
  }
}

extension CallerKey.Others {
  fileprivate var words: String {
    switch self {
    case .anybody: "for anybody"
    case .these(let names): "for \(names.map(\.text).joined(separator: " "))"
    }
  }
}
