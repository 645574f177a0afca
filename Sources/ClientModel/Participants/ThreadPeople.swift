public import ACSTypes

/// The people of a thread as the person looks at them, and whom they may add.
public struct ThreadPeople: Hashable, Sendable {
  /// The thread.
  public var thread: ChatThreadID
  /// Who is searched for to be added, or a pasted id; while it is empty the members are shown.
  public internal(set) var search = Composer()
  /// Those found who are not in the thread.
  public internal(set) var found: [Person] = []
  /// The place of the selection among the found, or among the members while nothing is searched for.
  public internal(set) var selection = 0
  /// True while a search is under way.
  public internal(set) var isSearching = false
  /// True while the service is asked to add or remove somebody.
  public internal(set) var isChanging = false
  /// What is wrong, in words.
  public internal(set) var problem: String?
}

extension ClientState {
  /// Who is in a thread, the user first.
  public func members(of id: ChatThreadID) -> [ChatParticipant] {
    let me = me
    let all = conversations[id]?.participants ?? []
    return all.filter { $0.identifier == me } + all.filter { $0.identifier != me }
  }
}
