import ACSTypes

/// Which messages of others came in a thread that the person has not seen: the same ones, in whichever order and however
/// often they come, over a kill and a restart, too.
///
/// Each is known by its place until there are very many; then the oldest are a number alone.
struct UnreadMessages: Hashable, Sendable {
  /// How many are known by their places at the most; half of more become a number.
  static let limit = 2000

  /// Up to this place each message was seen, or is counted in ``earlier``.
  private(set) var countedUpTo: Int64
  /// How many were counted up to there.
  private(set) var earlier = 0
  /// True when there are more, which came before the first of those that are counted.
  private(set) var hasMore = false
  /// The places of those that came after it, rising.
  private(set) var places: [Int64] = []

  /// None; everything up to a moment was seen.
  init(seenUpTo: Timestamp) {
    countedUpTo = seenUpTo.lastPlace
  }

  /// As they were kept.
  init(_ stored: StoredThread) {
    places = Set(stored.unreadPlaces).filter { $0 > stored.countedUpTo }.sorted()
    countedUpTo = stored.countedUpTo
    hasMore = stored.hasMoreUnread && stored.unreadCount > 0
    earlier = max(0, stored.unreadCount - places.count)
  }

  /// How many there are.
  var count: Int { earlier + places.count }

  /// True when a message there is counted, as one that is known by its place.
  func contains(_ place: Int64) -> Bool {
    guard place > countedUpTo, let last = places.last, place <= last else { return false }
    return places[insertionIndex(of: place)] == place
  }

  /// One came.
  mutating func insert(_ place: Int64) {
    guard place > countedUpTo else { return }
    if places.last.map({ $0 < place }) ?? true {
      places.append(place)
    } else {
      let index = insertionIndex(of: place)
      guard places[index] != place else { return }
      places.insert(place, at: index)
    }
    guard places.count > UnreadMessages.limit else { return }
    let half = UnreadMessages.limit / 2
    earlier += half
    countedUpTo = places[half - 1]
    places.removeFirst(half)
  }

  /// One was deleted.
  mutating func remove(_ place: Int64) {
    guard place > countedUpTo else { return }
    let index = insertionIndex(of: place)
    if index < places.count, places[index] == place { places.remove(at: index) }
  }

  /// They were read: all from what was seen on, or the newest alone.
  mutating func noteCounted(isWhole: Bool) { hasMore = !isWhole && count > 0 }

  /// The person has seen all up to a place.
  mutating func see(upTo place: Int64) {
    guard place >= countedUpTo else { return }
    countedUpTo = place
    earlier = 0
    hasMore = false
    let index = insertionIndex(of: place)
    let isThere = index < places.count && places[index] == place
    places.removeFirst(isThere ? index + 1 : index)
  }

  /// The person has seen all that came, and all up to a moment.
  mutating func seeAll(upTo moment: Timestamp) {
    see(upTo: max(countedUpTo, places.last ?? .min, moment.lastPlace))
  }

  /// Those that came before what was kept was here, and that it does not know.
  mutating func formUnion(_ other: UnreadMessages) {
    for place in other.places { insert(place) }
    if other.hasMore { noteCounted(isWhole: false) }
  }

  /// The first of ``places`` that is not before `place`.
  private func insertionIndex(of place: Int64) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ChatMessage {
  /// When it was sent, to the thousandth where its id tells that.
  var moment: Timestamp {
    let place = Timestamp(milliseconds: id.place)
    return place.seconds == createdOn.seconds ? place : createdOn
  }
}
