/// The members of a JSON object in their order; each name stands once.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
  /// One named value.
  public struct Member: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// A member.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members in their order.
  public private(set) var members: [Member] = []

  /// No members.
  public init() {}

  /// The pairs in their order; of equal names the last value wins, at the first one's place.
  public init(_ pairs: some Sequence<(String, JSONValue)>) {
    self.init(members: pairs.map { Member($0.0, $0.1) })
  }

  /// The literal's pairs in their order.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements)
  }

  /// Members with perhaps repeated names, of which the last value wins.
  ///
  /// - Complexity: O(n²) up to 16 members, where that is quicker; O(n) above, so that a hostile object costs no more
  ///   than its size.
  init(members: [Member]) {
    guard members.count > 16 else {
      self.members.reserveCapacity(members.count)
      for member in members { self[member.name] = member.value }
      return
    }
    var places: [String: Int] = [:]
    for member in members {
      if let place = places[member.name] {
        self.members[place].value = member.value
      } else {
        places[member.name] = self.members.count
        self.members.append(member)
      }
    }
  }

  /// Members that are known to have different names.
  init(distinct members: [Member]) {
    self.members = members
  }

  /// The value of `name`; setting replaces it in place or appends it, `nil` removes it.
  public subscript(name: String) -> JSONValue? {
    get { members.first { $0.name == name }?.value }
    set {
      let place = members.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(Member(name, value))
      case (nil, nil): break
      }
    }
  }

  /// True without members.
  public var isEmpty: Bool { members.isEmpty }
}

extension JSONObject: Hashable {
  /// Compares the members without their order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.members.count == right.members.count else { return false }
    if zip(left.members, right.members).allSatisfy({ $0.name == $1.name }) {
      return zip(left.members, right.members).allSatisfy { $0.value == $1.value }
    }
    let others = Dictionary(right.members.map { ($0.name, $0.value) }) { first, _ in first }
    return left.members.allSatisfy { others[$0.name] == $0.value }
  }

  /// Hashes the members without their order.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members { sum ^= member.hashValue }
    hasher.combine(sum)
  }
}
