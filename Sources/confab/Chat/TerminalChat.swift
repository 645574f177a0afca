import ACSTypes
import Cells
import ClientModel
import ClientRuntime
import CursesScreen
import Executor
import KeyInput

/// The client on a terminal: waits, steps, shows.
struct TerminalChat {
  /// How long what is under way may take to end: enough for a service that answers.
  private static let farewell = Duration.milliseconds(300)

  private let screen: CursesScreen
  private let mailbox: Mailbox
  private let clock = SystemClock()
  private var loop: ClientLoop
  private var frame: Frame?

  init(screen: CursesScreen, mailbox: Mailbox, loop: ClientLoop) {
    self.screen = screen
    self.mailbox = mailbox
    self.loop = loop
    mailbox.onPost { [waker = screen.waker] in waker.wake() }
  }

  /// Runs until the person leaves or the terminal is gone.
  ///
  /// - Parameters:
  ///   - first: What is known before the program starts, for the first frame.
  ///   - runner: Made after the first frame is on the screen, so that nothing the frame does not need delays it.
  mutating func run(first: [Event], _ runner: () throws -> EffectRunner) rethrows {
    var outcome = loop.step(first + [.started], now: clock.now)
    show(outcome.frame)
    let runner = try runner()
    defer {
      runner.stop()
      // Whoever left has the prompt's screen back meanwhile.
      screen.restore()
      runner.waitForEnd(upTo: TerminalChat.farewell)
    }
    while true {
      guard perform(outcome.effects, runner) else { return }
      let timeout = outcome.nextDeadline.map { max(.zero, $0 - clock.now) }
      var events: [Event] = []
      for event in screen.wait(timeout: timeout) {
        switch event {
        case .input(let input): events.append(translated(input))
        case .resized(let size):
          events.append(.resized(Viewport(columns: size.columns, rows: size.rows)))
        case .woken: break
        case .signal, .hangup: return
        }
      }
      events += mailbox.drain()
      outcome = loop.step(events, now: clock.now)
      show(outcome.frame)
    }
  }

  private mutating func show(_ frame: Frame) {
    screen.show(frame)
    self.frame = frame
  }

  /// Does what concerns the terminal here and hands the rest on; false when the person leaves.
  private func perform(_ effects: [Effect], _ runner: EffectRunner) -> Bool {
    for effect in effects {
      switch effect.action {
      case .quit: return false
      case .ring: screen.ring()
      case .redraw:
        screen.forget()
        if let frame { screen.show(frame) }
      case .suspend: screen.stop()
      default: runner.run(effect)
      }
    }
    return true
  }

  private func translated(_ input: TerminalInput) -> Event {
    switch input {
    case .key(let press): return .keyPressed(press)
    case .paste(let text): return .pasted(text)
    case .focus(let isFocused): return .focusChanged(isFocused: isFocused)
    case .mouse(let mouse):
      let target = frame?.target(at: Point(column: mouse.column, row: mouse.row))
      return .mouseUsed(mouse, target: target)
    }
  }
}
