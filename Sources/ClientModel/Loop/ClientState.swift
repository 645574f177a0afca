public import ACSTypes

/// What the client was started with.
public struct ClientSettings: Hashable, Sendable, Codable {
  /// The user's name, sent along with messages.
  public var displayName: String
  /// True when a call gateway is configured.
  public var hasGateway: Bool
  /// Where the tokens come from, for the screen.
  public var tokenServiceURL: String
  /// The ACS endpoint, for the screen.
  public var endpoint: String
  /// Minutes that local time is ahead of UTC.
  public var minutesFromUTC: Int
  /// True when threads, messages and what is not yet sent are kept on this machine.
  public var keepsHistory: Bool
  /// How long messages are kept; `nil` for ever.
  public var retention: Duration?
  /// True when the service's events are wanted as they happen (`realtime = auto`).
  public var wantsEvents: Bool

  /// Settings.
  public init(
    displayName: String, hasGateway: Bool, tokenServiceURL: String, endpoint: String,
    minutesFromUTC: Int, keepsHistory: Bool = false, retention: Duration? = nil,
    wantsEvents: Bool = false
  ) {
    self.displayName = displayName
    self.hasGateway = hasGateway
    self.tokenServiceURL = tokenServiceURL
    self.endpoint = endpoint
    self.minutesFromUTC = minutesFromUTC
    self.keepsHistory = keepsHistory
    self.retention = retention
    self.wantsEvents = wantsEvents
  }
}

/// All that the client knows; changed by ``reduce(into:_:)`` alone.
public struct ClientState: Hashable, Sendable {
  /// What the client was started with.
  public var settings: ClientSettings
  /// Which key does what.
  public var keyMap: KeyMap
  /// How often Chat is asked.
  public var cadence: PollingCadence
  /// The time of the newest occurrence.
  public internal(set) var now = Timestamp.epoch
  /// The size of the terminal.
  public internal(set) var viewport: Viewport
  /// Focus and panes.
  public internal(set) var interface = Interface()
  /// The sign-in.
  public internal(set) var session = SessionState()
  /// The way of the token, step by step.
  public internal(set) var tokenFlow = TokenFlow()
  /// How the client stands to Chat.
  public internal(set) var connection = Connection()
  /// The threads.
  public internal(set) var threads = ThreadList()
  /// What is known of each thread's messages; those never opened are not there.
  public internal(set) var conversations: [ChatThreadID: Conversation] = [:]
  /// What is not yet acknowledged.
  public internal(set) var outbox = Outbox()
  /// How far what is kept on this machine is here.
  public internal(set) var kept = KeptHistory()
  /// Names that the person or events gave people; kept.
  public internal(set) var contacts: [CommunicationIdentifier: String] = [:]
  /// Names that the trusted service's directory told.
  var directoryNames: [CommunicationIdentifier: String] = [:]
  /// Whom the directory is to be asked about.
  var questions = NameQuestions()
  /// What is to be kept on this machine and is not there yet.
  public internal(set) var unsaved = UnsavedHistory()
  /// What is being written in the open thread.
  public internal(set) var composer = Composer()
  /// What is looked for; kept after its pane was closed by opening a hit.
  public internal(set) var search: Search?
  /// The dialog that makes a thread, while it is open.
  public internal(set) var newThread: NewThread?
  /// The people of the open thread, while they are shown.
  public internal(set) var people: ThreadPeople?
  /// The topic that is being changed.
  public internal(set) var renaming: TopicChange?
  /// The calls.
  public internal(set) var calls = CallList()
  /// What just happened, line by line.
  public internal(set) var notices = NoticeQueue()
  /// The effects under way.
  public internal(set) var ledger = EffectLedger()
  /// When the client ends at the latest, after the person asked to leave.
  var leavesOn: Timestamp?
  /// Counts the occurrences that may have changed more on the screen than the composer.
  public internal(set) var revision = 0
  /// The state before the first event.
  public init(
    settings: ClientSettings, keyMap: KeyMap = .standard,
    cadence: PollingCadence = PollingCadence(), viewport: Viewport
  ) {
    self.settings = settings
    self.keyMap = keyMap
    self.cadence = cadence
    self.viewport = viewport
  }
}

extension ClientState {
  /// The user: whoever is signed in, before that whoever the kept history is of.
  public var me: CommunicationIdentifier? { session.session?.identity ?? kept.account }

  /// Sets the size before the first event; later the event of a resize does.
  public mutating func resize(to viewport: Viewport) {
    self.viewport = viewport
  }
}
