public import ClientModel
import Synchronization

/// Where tasks leave events for the loop: safe from any thread, read by the loop alone.
public final class Mailbox: Sendable {
  private struct Contents {
    var events: [Event] = []
    var wake: (@Sendable () -> Void)?
  }

  private let contents = Mutex(Contents())

  /// An empty mailbox.
  public init() {}

  /// Names what ends the loop's sleep; called once for each event that is posted, from the posting thread.
  public func onPost(_ wake: @escaping @Sendable () -> Void) {
    contents.withLock { $0.wake = wake }
  }

  /// Leaves an event and wakes the loop.
  public func post(_ event: Event) {
    let wake = contents.withLock { contents in
      contents.events.append(event)
      return contents.wake
    }
    wake?()
  }

  /// Takes all events out, oldest first.
  public func drain() -> [Event] {
    contents.withLock { contents in
      let events = contents.events
      contents.events = []
      return events
    }
  }
}
