import ACSTypes

/// A sign-in by device code (RFC 8628) that is under way.
struct DeviceCode {
  /// What became of it.
  enum State: Equatable {
    /// Until somebody decides.
    case pending
    /// After this person said yes.
    case approved(user: String)
    /// After somebody said no.
    case denied
  }

  /// What the application polls with.
  let deviceCode: String
  /// What the person types.
  let userCode: String
  let clientID: String
  let scope: String
  let expiresOn: Timestamp
  var state = State.pending
  /// How long the application has to wait between two polls.
  var interval: Duration
  var polledOn: Timestamp?
}

/// The sign-ins by device code; in memory only, so that a restart ends them.
struct DeviceCodeTable {
  /// What an application is told that polls.
  enum Poll: Equatable {
    case pending
    case tooFast
    case denied
    case expired
    case unknown
    case approved(user: String, scope: String)
  }

  /// How long a code is good.
  static let lifetime = Duration.seconds(900)
  /// How long an ended one is remembered, to be told why it is no good.
  private static let memory = Duration.seconds(900)
  /// By how much an application has to slow down (RFC 8628, 3.5).
  private static let slower = Duration.seconds(5)
  /// What an application's clock may be off within one interval.
  private static let tolerance = Duration.milliseconds(100)

  /// In the order in which they were asked for.
  private(set) var codes: [DeviceCode] = []

  /// Keeps a new one, and forgets those that ended long ago.
  mutating func add(_ code: DeviceCode, now: Timestamp) {
    codes.removeAll { $0.expiresOn + DeviceCodeTable.memory < now }
    codes.append(code)
  }

  /// Somebody decides.
  ///
  /// - Returns: The code as decided; `nil` when there is none, or it has expired or was used.
  mutating func decide(
    userCode: String, _ state: DeviceCode.State, now: Timestamp
  ) -> DeviceCode? {
    let typed = DeviceCodeTable.normal(userCode)
    guard let place = codes.firstIndex(where: { $0.userCode == typed && $0.expiresOn > now })
    else { return nil }
    codes[place].state = state
    return codes[place]
  }

  /// An application asks what became of its sign-in; an approved one is over with that.
  ///
  /// What is still pending is approved for `approver` after this poll; with `nil`, people decide.
  mutating func polled(
    _ deviceCode: String, by clientID: String, approver: String?, now: Timestamp
  ) -> Poll {
    guard
      let place = codes.firstIndex(where: {
        $0.deviceCode == deviceCode && $0.clientID == clientID
      })
    else { return .unknown }
    guard codes[place].expiresOn > now else { return .expired }
    let last = codes[place].polledOn
    codes[place].polledOn = now
    if let last, now - last < codes[place].interval - DeviceCodeTable.tolerance {
      codes[place].interval += DeviceCodeTable.slower
      return .tooFast
    }
    switch codes[place].state {
    case .pending:
      if let approver { codes[place].state = .approved(user: approver) }
      return .pending
    case .denied: return .denied
    case .approved(let user):
      return .approved(user: user, scope: codes.remove(at: place).scope)
    }
  }

  /// As people may type it: in any case, with blanks or hyphens.
  private static func normal(_ userCode: String) -> String {
    userCode.uppercased().filter { $0 != "-" && $0 != " " }
  }
}
