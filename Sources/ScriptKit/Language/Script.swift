public import ACSTypes
public import ClientModel

/// A script, checked: scenes and the world in which each begins.
public struct Script: Sendable {
  /// The newest version of the language that is understood.
  public static let version = 1

  /// The file, as it was named.
  public var path: String
  /// The world in which each scene begins.
  public var setting = SceneSetting()
  /// The scenes, in the order of the file.
  public var scenes: [Scene] = []
  /// What `let` gave a value before and between scenes.
  var constants: [Constant] = []

  /// A name and its value.
  struct Constant: Sendable {
    var name: String
    var value: String
  }

  init(path: String) {
    self.path = path
  }
}

/// One story of a script, with a world of its own.
public struct Scene: Sendable {
  /// What it is called; no other scene of its script is called so.
  public var name: String
  /// The words by which it is chosen.
  public var tags: [String]
  /// Where it begins.
  public var place: SourcePlace
  /// What happens, in order.
  public var steps: [Step]
  /// True when a server is killed in it, which has to find again what it kept.
  public var killsServers: Bool
  /// How many of the script's constants stand above it.
  var constantCount = 0

  /// Where the looking begins that the scene ends with.
  var endIndex: Int { (steps.lastIndex { !$0.act.isExpectation } ?? -1) + 1 }
}

/// One line of a scene.
public struct Step: Sendable {
  /// Where it stands.
  public var place: SourcePlace
  /// As it stands there.
  public var source: String
  /// Who does it; `nil` for what the world does.
  public var person: String?
  /// What it does.
  var act: any Act
}

/// The world in which a scene begins.
public struct SceneSetting: Hashable, Sendable {
  /// The size of everybody's screen.
  public var screen = Viewport(columns: 80, rows: 24)
  /// The people; all are at their clients and signed in.
  public var users: [String] = []
  /// The threads that there are, in the order in which they were made.
  public var threads: [ThreadSetting] = []
  /// Makes all chance.
  public var seed: UInt64 = 1
  /// When it is; Saturday, 21 November 2026, 09:00 UTC unless the script says otherwise.
  public var start = Timestamp(milliseconds: 1_795_251_600_000)
  /// How long a user's token lives.
  public var tokenLife = Duration.seconds(86_400)
  /// How many messages a page of the service has at the most; `nil` for the service's own limit.
  public var messagesPageLimit: Int?
  /// True when clients take the service's events as they happen.
  public var hasEvents = true

  /// A world with nobody in it.
  public init() {}
}

/// A thread that is there before a scene begins.
public struct ThreadSetting: Hashable, Sendable {
  /// Its topic.
  public var topic: String
  /// Who is in it; the first made it.
  public var members: [String]
  /// What was said in it, oldest first.
  public var messages: [Message] = []

  /// What somebody said.
  public struct Message: Hashable, Sendable {
    /// Who said it.
    public var sender: String
    /// What.
    public var text: String
  }

  /// A thread in which nothing was said.
  public init(topic: String, members: [String]) {
    self.topic = topic
    self.members = members
  }
}
