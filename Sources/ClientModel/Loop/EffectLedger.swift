public import ACSTypes

/// Which effects are under way, what for, and until when.
public struct EffectLedger: Hashable, Sendable {
  /// An effect under way.
  public struct Entry: Hashable, Sendable {
    /// The effect's name.
    public var id: EffectID
    /// What was asked.
    public var action: Effect.Action
    /// When it was begun.
    public var begunOn: Timestamp
    /// When it is given up.
    public var deadline: Timestamp
  }

  /// The effects under way, oldest first; never many.
  public private(set) var entries: [Entry] = []
  private var lastID = 0

  /// Nothing under way.
  public init() {}

  mutating func nextID() -> EffectID {
    lastID += 1
    return EffectID(lastID)
  }

  mutating func add(
    _ action: Effect.Action, on moment: Timestamp = .epoch, deadline: Timestamp
  ) -> EffectID {
    let id = nextID()
    entries.append(Entry(id: id, action: action, begunOn: moment, deadline: deadline))
    return id
  }

  /// Takes `id` out; `nil` when it was given up before.
  mutating func settle(_ id: EffectID) -> Entry? {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return nil }
    return entries.remove(at: index)
  }

  /// Gives effects that match more time; none gets less.
  mutating func extend(to deadline: Timestamp, where matches: (Effect.Action) -> Bool) {
    for index in entries.indices where matches(entries[index].action) {
      entries[index].deadline = max(entries[index].deadline, deadline)
    }
  }

  /// The effects whose time is up, oldest first.
  func overdue(at now: Timestamp) -> [EffectID] {
    entries.filter { $0.deadline <= now }.map(\.id)
  }

  /// The earliest time at which an effect is given up.
  var nextDeadline: Timestamp? {
    entries.map(\.deadline).min()
  }

  /// True while an effect that `matches` is under way.
  func contains(where matches: (Effect.Action) -> Bool) -> Bool {
    entries.contains { matches($0.action) }
  }

  /// The ids of effects under way that match.
  func ids(where matches: (Effect.Action) -> Bool) -> [EffectID] {
    entries.filter { matches($0.action) }.map(\.id)
  }
}
