public import ACSTypes

/// The dialog that makes a thread: a topic, and people found by name or pasted id.
public struct NewThread: Hashable, Sendable {
  /// The field that has the keys.
  public enum Field: Hashable, Sendable {
    /// The topic.
    case topic
    /// The name or id of somebody to add.
    case people
  }

  /// The field that has the keys.
  public var field = Field.topic
  /// The topic.
  public internal(set) var topic = Composer()
  /// What is searched for, or an id.
  public internal(set) var search = Composer()
  /// Those who will be in the thread, besides the user.
  public internal(set) var chosen: [Person] = []
  /// Those found, without the chosen ones and the user.
  public internal(set) var found: [Person] = []
  /// The place of the selection among the found; `nil` until something is searched for or an arrow key pressed.
  public internal(set) var selection: Int?
  /// True while a search is under way.
  public internal(set) var isSearching = false
  /// True while the thread is being made.
  public internal(set) var isCreating = false
  /// The id under which the service makes one thread however often it is asked.
  public internal(set) var requestID: String
  /// What is wrong, in words.
  public internal(set) var problem: String?

  /// An empty dialog.
  public init(requestID: String) {
    self.requestID = requestID
  }

  mutating func change(
    _ field: WritableKeyPath<NewThread, Composer>, _ change: (inout Composer) -> Void
  ) {
    change(&self[keyPath: field])
  }
}
