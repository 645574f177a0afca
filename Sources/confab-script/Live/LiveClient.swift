import ACSAuth
import ACSClient
import ACSTypes
import Cells
import ClientModel
import ClientRuntime
import Executor
import LocalStore
import Phrases
import ScriptKit
import Services
import Views

/// Somebody's client in this process, against real services and in real time; the same as `confab` without its terminal.
///
/// It is stepped by one thread. What it keeps stays over a kill.
final class LiveClient: Seat {
  private struct Process {
    var loop: ClientLoop
    let mailbox: Mailbox
    let runner: EffectRunner
    var frame: Frame?
  }

  let name: String
  let network: FaultyNetwork
  /// True while the lid of its machine is closed.
  var isAsleep = false
  private let services: RealServices
  private let setting: SceneSetting
  private let history = AccountHistory()
  private let clock = SystemClock()
  private let posted: @Sendable () -> Void
  private var process: Process?
  private var kept = Diary()
  private var writer = DiaryWriter()
  private var stepCount = 0

  /// A client that was not started; `posted` is called from any thread when it has something to do.
  init(
    name: String, services: RealServices, network: FaultyNetwork, setting: SceneSetting,
    posted: @escaping @Sendable () -> Void
  ) {
    self.name = name
    self.services = services
    self.network = network
    self.setting = setting
    self.posted = posted
  }

  var state: ClientState? { process?.loop.state }

  var frame: Frame? {
    guard process != nil else { return nil }
    if let frame = process?.frame { return frame }
    let drawn = process?.loop.draw()
    process?.frame = drawn
    return drawn
  }

  var diary: Diary {
    var diary = kept
    diary.requests = network.log.requests
    return diary
  }

  /// When it wants to be stepped at the latest.
  var nextDeadline: Timestamp? { isAsleep ? nil : process?.loop.state.nextDeadline }

  func clearDiary() {
    kept = Diary()
    network.clearLog()
  }

  func start() throws {
    guard process == nil else { return }
    let mailbox = Mailbox()
    mailbox.onPost(posted)
    let state = ClientState(
      settings: ClientSettings(
        displayName: name, hasGateway: false, tokenServiceURL: services.tokenOrigin,
        endpoint: services.endpoint, minutesFromUTC: 0, keepsHistory: true,
        wantsEvents: setting.hasEvents),
      viewport: setting.screen)
    let loop = ClientLoop(
      state: state, theme: Theme(), phrases: .english, random: SystemRandom(), recorder: nil)
    let runner = EffectRunner(
      services: try ports(mailbox), mailbox: mailbox, clock: clock,
      executor: RealExecutor.shared, displayName: name)
    writer = DiaryWriter()
    process = Process(loop: loop, mailbox: mailbox, runner: runner)
    // As the program does: what is kept of whoever was here last is read before the first frame.
    let rows = max(setting.screen.rows, 24)
    let first = try history.firstScreen(threads: rows, messages: rows).map {
      Event.historyRead($0.history, first: $0.first)
    }
    step([first].compactMap(\.self) + [.started])
  }

  func kill() {
    guard let process else { return }
    process.mailbox.onPost {}
    process.runner.stop()
    self.process = nil
    isAsleep = false
  }

  func take(_ events: [Event]) {
    guard process != nil, !isAsleep else { return }
    step(events)
  }

  /// Takes what came by mail, and the time if it is due; gives whether there was something to do.
  func stepIfDue() -> Bool {
    guard let process, !isAsleep else { return false }
    let events = process.mailbox.drain()
    let isDue = process.loop.state.nextDeadline.map { $0 <= clock.now } ?? false
    guard !events.isEmpty || isDue else { return false }
    step(events)
    return true
  }

  private func step(_ events: [Event]) {
    guard let effects = process?.loop.reduce(events, now: clock.now) else { return }
    process?.frame = nil
    stepCount += 1
    if let state { writer.write(events, effects, state, order: stepCount, to: &kept) }
    for effect in effects {
      switch effect.action {
      case .ring, .redraw, .suspend: continue
      case .quit: kill()
      default: process?.runner.run(effect)
      }
    }
  }

  private func ports(_ mailbox: Mailbox) throws -> ClientServices {
    let posted = PostedTokenFlow(mailbox: mailbox)
    let flow = ACSAuth.TokenFlow(observer: posted, clock: clock)
    let credential = UserTokenCredential(
      source: try TokenServiceClient(
        settings: services.settings(of: name, origin: services.tokenOrigin), exchange: network,
        flow: flow), displayName: name, clock: clock, random: SystemRandom(), flow: flow)
    let authorised = AuthorisedExchange(
      exchange: network, credential: credential, clock: clock, flow: flow)
    return ClientServices(
      signIn: credential, chat: ChatClient(endpoint: services.endpoint, exchange: authorised),
      directory: try TrustedServiceDirectory(url: services.tokenOrigin, exchange: authorised),
      events: setting.hasEvents
        ? TrouterEventChannel(
          endpoint: services.endpoint, exchange: authorised, transport: network,
          connector: network, credential: credential, clock: clock, timer: SystemTimer(),
          random: SystemRandom(), executor: RealExecutor.shared) : nil,
      history: history, gateway: nil)
  }
}
