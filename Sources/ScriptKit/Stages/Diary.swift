public import ACSTypes
import ClientModel

/// What happened at one client within a scene.
public struct Diary: Sendable {
  /// Something that happened to a client.
  public struct Happening: Hashable, Sendable {
    /// When.
    public var at: Timestamp
    /// What of the same moment comes first has the lower one.
    public var order = 0
    /// What, as scripts name it: `message.sent`.
    public var name: String
    /// What belongs to it: a text, a reason; empty when nothing does.
    public var detail: String
  }

  /// A request to a service.
  public struct Request: Hashable, Sendable {
    /// When it was sent.
    public var at: Timestamp
    /// What of the same moment comes first has the lower one.
    public var order = 0
    /// The method.
    public var method: String
    /// The path with the query, without what proves who asks.
    public var target: String
    /// The status of its answer; `nil` before it came, and when none did.
    public var status: Int?
  }

  /// How many of each are kept; of more the oldest are let go of.
  private static let limit = 20_000

  /// What happened, oldest first.
  public private(set) var happenings: [Happening] = []
  /// What was asked, oldest first.
  public var requests: [Request] = []
  /// What the person was told in the line for news, oldest first.
  public private(set) var notices: [Happening] = []

  /// An empty one.
  public init() {}

  /// What happened and what was asked, in order, each with its moment: a trace of the client.
  public var lines: [String] {
    let all =
      happenings.map { ($0.at, $0.order, $0.words) } + requests.map { ($0.at, $0.order, $0.words) }
      + notices.map { ($0.at, $0.order, "told \(quoted($0.detail))") }
    return all.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .map { "\($0.0.iso8601WithMilliseconds) \($0.2)" }
  }

  /// The same, followed by another one of the same client.
  public func followed(by other: Diary) -> Diary {
    var diary = self
    for happening in other.happenings { diary.add(happening) }
    for notice in other.notices { diary.add(notice: notice) }
    diary.requests += other.requests
    return diary
  }

  mutating func add(_ happening: Happening) {
    happenings.append(happening)
    if happenings.count > 2 * Diary.limit { happenings.removeFirst(Diary.limit) }
  }

  mutating func add(notice: Happening) {
    notices.append(notice)
    if notices.count > 2 * Diary.limit { notices.removeFirst(Diary.limit) }
  }
}
