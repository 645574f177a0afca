import ACSTypes
import Cells
import ClientModel
import ClientRuntime
import Executor
import Glibc

/// The client without a terminal: prints the screen as text after the first sync.
struct HeadlessChat {
  private let mailbox: Mailbox
  private let clock = SystemClock()
  private var loop: ClientLoop

  init(mailbox: Mailbox, loop: ClientLoop) {
    self.mailbox = mailbox
    self.loop = loop
  }

  /// Runs until the first sync is whole or `limit` is over.
  ///
  /// - Returns: The screen as text, and whether the sync was whole.
  mutating func run(_ runner: EffectRunner, limit: Duration) -> (screen: String, isSynced: Bool) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return ("", false) }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    let (reading, writing) = (ends[0], ends[1])
    defer {
      runner.stop()
      mailbox.onPost {}
      for end in ends { close(end) }
    }
    mailbox.onPost {
      var byte: UInt8 = 0
      write(writing, &byte, 1)
    }
    let end = clock.now + limit
    var outcome = loop.step([.started], now: clock.now)
    while !loop.state.isSynced, clock.now < end {
      for effect in outcome.effects { runner.run(effect) }
      let deadline = min(outcome.nextDeadline ?? end, end)
      var descriptor = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
      poll(&descriptor, 1, Int32(max(0, (deadline - clock.now).wholeMilliseconds)))
      var bytes = [UInt8](repeating: 0, count: 64)
      while read(reading, &bytes, bytes.count) > 0 {}
      outcome = loop.step(mailbox.drain(), now: clock.now)
    }
    return (outcome.frame.grid.plainText, loop.state.isSynced)
  }
}
