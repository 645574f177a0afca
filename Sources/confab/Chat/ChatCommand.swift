import ACSAuth
import ACSClient
import ACSTypes
import ArgumentTable
import Cells
import ClientModel
import ClientRuntime
import Configuration
import CursesScreen
import EventLog
import Executor
import Glibc
import KeyInput
import LocalStore
import Phrases
import Services
import Views

/// `confab` itself: the interface on the terminal, or with `--headless` one screen as text.
enum ChatCommand {
  /// How long `--headless` waits for the first sync.
  private static let headlessLimit = Duration.seconds(20)

  static func run(_ arguments: ParsedArguments) -> Int32 {
    for name in ["redact", "force"] where arguments.flag(name) && arguments.text("record") == nil {
      return Program.fail(
        UsageError("--\(name) is for --record FILE", command: "confab").description, .usage)
    }
    do {
      let configuration = try ConfigurationFiles.client(arguments.text("config"))
      let theme = try theme(arguments.text("theme") ?? configuration.theme)
      let keyMap = try keyMap(configuration)
      let state = ClientState(
        settings: settings(configuration), keyMap: keyMap, cadence: cadence(configuration),
        viewport: Viewport(columns: 80, rows: 24))
      return arguments.flag("headless")
        ? try printScreen(configuration, state, theme, arguments)
        : try show(configuration, state, theme, arguments)
    } catch let error as ConfigurationError {
      return Program.fail("confab: \(error)", .configuration)
    } catch let error as ScreenError {
      return Program.fail("confab: \(error)", .unavailable)
    } catch let error as ServiceError {
      return Program.fail("confab: \(error.message)", .configuration)
    } catch {
      return Program.fail("confab: \(error)", .internal)
    }
  }

  private static func show(
    _ configuration: ClientConfiguration, _ state: ClientState, _ theme: Theme,
    _ arguments: ParsedArguments
  ) throws -> Int32 {
    let screen = try CursesScreen()
    defer { screen.restore() }
    var state = state
    state.resize(to: Viewport(columns: screen.size.columns, rows: screen.size.rows))
    let mailbox = Mailbox()
    let loop = ClientLoop(
      state: state, theme: theme, phrases: .english, random: SystemRandom(),
      recorder: try recorder(arguments, state))
    let history = configuration.keptHistory
    var chat = TerminalChat(screen: screen, mailbox: mailbox, loop: loop)
    try chat.run(
      first: (history?.beforeFirstFrame(rows: screen.size.rows)).map { [$0] } ?? []
    ) { try runner(configuration, mailbox, history) }
    return ExitCode.done.rawValue
  }

  private static func printScreen(
    _ configuration: ClientConfiguration, _ state: ClientState, _ theme: Theme,
    _ arguments: ParsedArguments
  ) throws -> Int32 {
    var state = state
    // One screen needs no history, and the terminal's client may have it open.
    state.settings.keepsHistory = false
    let size = arguments.text("size") ?? "100x30"
    guard let viewport = Viewport(text: size) else {
      return Program.fail(
        "confab: --size needs columns and rows such as 100x30, not '\(size)'", .usage)
    }
    state.resize(to: viewport)
    let mailbox = Mailbox()
    let loop = ClientLoop(
      state: state, theme: theme, phrases: .english, random: SystemRandom(),
      recorder: try recorder(arguments, state))
    var chat = HeadlessChat(mailbox: mailbox, loop: loop)
    let (screen, isSynced) = chat.run(
      try runner(configuration, mailbox), limit: headlessLimit)
    print(screen)
    return isSynced
      ? ExitCode.done.rawValue
      : Program.fail("confab: the first sync did not end in time", .unavailable)
  }

  /// What `--record` asks for; `nil` without it.
  private static func recorder(
    _ arguments: ParsedArguments, _ state: ClientState
  ) throws(ServiceError) -> EventLogFile? {
    guard let path = arguments.text("record") else { return nil }
    let redaction = arguments.text("redact").flatMap(Redaction.init) ?? .tokens
    return try EventLogFile(
      path: path, redaction: redaction, isForced: arguments.flag("force"), state: state)
  }

  private static func runner(
    _ configuration: ClientConfiguration, _ mailbox: Mailbox, _ history: AccountHistory? = nil
  ) throws -> EffectRunner {
    let executor = PosixExecutor(threads: 1, name: "tasks")
    let chat = try ChatServices(
      configuration, mailbox: mailbox, executor: executor, history: history)
    return EffectRunner(
      services: chat.services, mailbox: mailbox, clock: SystemClock(), executor: executor,
      displayName: configuration.displayName)
  }

  private static func settings(_ configuration: ClientConfiguration) -> ClientSettings {
    var now = time(nil)
    var local = tm()
    localtime_r(&now, &local)
    return ClientSettings(
      displayName: configuration.displayName, hasGateway: configuration.gateway != nil,
      tokenServiceURL: configuration.tokenPlace, endpoint: configuration.endpoint,
      minutesFromUTC: local.tm_gmtoff / 60, keepsHistory: configuration.history.place != .nowhere,
      retention: configuration.history.retention, wantsEvents: configuration.realTime == .auto)
  }

  private static func cadence(_ configuration: ClientConfiguration) -> PollingCadence {
    var cadence = PollingCadence()
    cadence.open = configuration.polling.open
    cadence.idle = configuration.polling.idle
    cadence.list = configuration.polling.list
    return cadence
  }

  static func theme(_ name: String?) throws -> Theme {
    guard let name else { return Theme() }
    let roles = Role.allCases.map(\.rawValue)
    return Theme(try ConfigurationFiles.theme(name, roles: roles).styles)
  }

  private static func keyMap(_ configuration: ClientConfiguration) throws -> KeyMap {
    do {
      return try KeyMap(bindings: configuration.keys)
    } catch {
      throw configuration.error(atKey: error.chord, error.message)
    }
  }
}
