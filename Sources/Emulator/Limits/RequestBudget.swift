import ACSTypes

/// How often operations of Chat may be asked for (WIRE 4.5): the rows of the service's table, each counted by itself.
enum RequestBudget: Hashable {
  case createThread
  case deleteThread
  case updateThread
  case readThreads
  case changeParticipants
  case listParticipants
  case readMessage
  case listMessages
  case changeMessages
  case listReceipts
  case sendReceipt
  case sendTyping

  /// Whose requests are counted together.
  enum Scope: Hashable {
    /// All of a user.
    case user
    /// All that go to a thread.
    case thread
    /// Those of a user to a thread.
    case userInThread
  }

  /// At most `count` requests in any time as long as `window`.
  struct Rule: Hashable {
    let scope: Scope
    let count: Int
    let window: Duration
  }

  /// The rules, of which each must hold.
  var rules: [Rule] {
    switch self {
    case .createThread, .deleteThread: [.burst(.user, 10)]
    case .updateThread: [.burst(.thread, 5)]
    case .readThreads: [.burst(.user, 50)]
    case .changeParticipants: [.burst(.thread, 10), .minute(.thread, 30)]
    case .listParticipants: [.burst(.userInThread, 10), .burst(.thread, 250)]
    case .readMessage: [.burst(.userInThread, 50), .burst(.thread, 250)]
    case .listMessages:
      [
        .burst(.userInThread, 50), .minute(.userInThread, 200), .burst(.thread, 250),
        .minute(.thread, 400),
      ]
    case .changeMessages: [.burst(.thread, 10), .minute(.thread, 30)]
    case .listReceipts: [.burst(.userInThread, 5), .burst(.thread, 100)]
    case .sendReceipt: [.burst(.userInThread, 10), .minute(.userInThread, 30)]
    case .sendTyping:
      [
        .burst(.userInThread, 5), .minute(.userInThread, 15), .burst(.thread, 10),
        .minute(.thread, 30),
      ]
    }
  }
}

extension RequestBudget.Rule {
  /// Within ten seconds.
  static func burst(_ scope: RequestBudget.Scope, _ count: Int) -> Self {
    Self(scope: scope, count: count, window: .seconds(10))
  }

  /// Within a minute.
  static func minute(_ scope: RequestBudget.Scope, _ count: Int) -> Self {
    Self(scope: scope, count: count, window: .seconds(60))
  }
}
