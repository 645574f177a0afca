import ACSTypes
import ACSWire

extension Fault {
  /// Reads what the administration interface takes; the members that are there depend on the kind.
  ///
  ///     {"kind": "status", "status": 429, "retryAfter": 2, "plane": "chat", "method": "POST",
  ///      "path": "/chat/threads/*/messages", "user": "8:acs:…", "next": 3, "share": 0.2,
  ///      "forMilliseconds": 30000, "seed": 7}
  ///
  /// - Throws: ``Refusal`` with status 400, which says what it should be.
  init(_ json: JSONValue, now: Timestamp) throws(Refusal) {
    guard let name = json["kind"]?.string, let kind = FaultKind(rawValue: name) else {
      let kinds = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw .fault("kind", "should be one of \(kinds)")
    }
    self.init(kind)
    if let known = json.object?.members.first(where: { !Fault.members(of: kind).contains($0.name) })
    {
      throw .fault(
        known.name,
        "is not for \(name), which takes \(Fault.members(of: kind).sorted().joined(separator: ", "))"
      )
    }
    try readScope(json)
    try readEffect(json)
    try readOccasions(json, now: now)
  }

  /// A day.
  private static let longest: Int64 = 86_400_000

  /// The members that a kind takes.
  private static func members(of kind: FaultKind) -> Set<String> {
    var members: Set<String> = kind.concernsPeople ? ["kind", "user"] : ["kind"]
    if !kind.isAtOnce { members.formUnion(["next", "share", "forMilliseconds", "seed"]) }
    if kind.concernsEvents { members.insert("event") }
    if kind.concernsRequests { members.formUnion(["plane", "method", "path"]) }
    if kind.takesTime { members.insert("milliseconds") }
    switch kind {
    case .status, .refuseRegistration:
      members.formUnion(["status", "code", "retryAfter", "applied"])
    case .reset: members.insert("applied")
    case .truncate, .stall: members.insert("bytes")
    default: break
    }
    return members
  }

  private mutating func readScope(_ json: JSONValue) throws(Refusal) {
    switch kind {
    case .earlyEvent:
      scope.method = "POST"
      scope.path = "/chat/threads/*/messages"
    case .refuseRegistration:
      scope.method = "POST"
      scope.path = "\(RealTime.registrarPath)/*/registrations"
    default: break
    }
    if let text = json["plane"] {
      guard let part = text.string.flatMap(FaultScope.Part.init(rawValue:)) else {
        let parts = FaultScope.Part.allCases.map(\.rawValue).joined(separator: ", ")
        throw .fault("plane", "should be one of \(parts)")
      }
      scope.part = part
    }
    if let text = json["method"] {
      guard let method = text.string, !method.isEmpty, method.utf8.count <= 20 else {
        throw .fault("method", "should be a method such as POST")
      }
      scope.method = method.uppercased()
    }
    if let text = json["path"] {
      guard let path = text.string, path.first == "/" || path.first == "*",
        path.utf8.count <= 1000
      else { throw .fault("path", "should be a path such as /chat/threads/*/messages") }
      scope.path = path
    }
    if let text = json["user"] {
      guard let user = text.string, !user.isEmpty, user.utf8.count <= 1000 else {
        throw .fault("user", "should be the id of an identity, such as 8:acs:…")
      }
      scope.user = user
    }
    scope.event = try Fault.number(json, "event", in: 0...100_000).map(Int.init)
  }

  private mutating func readEffect(_ json: JSONValue) throws(Refusal) {
    if kind == .stall { time = .seconds(30) }
    if kind == .late { time = .seconds(5) }
    if kind == .clockSkew { time = .seconds(600) }
    let spans = (kind == .clockSkew ? -Fault.longest : 0)...Fault.longest
    if let span = try Fault.number(json, "milliseconds", in: spans) {
      time = .milliseconds(span)
    }
    if let status = try Fault.number(json, "status", in: 400...599) { self.status = Int(status) }
    retryAfter = try Fault.number(json, "retryAfter", in: 0...86_400)
    bytes = try Fault.number(json, "bytes", in: 0...100_000_000).map(Int.init)
    if let code = json["code"] {
      guard let text = code.string, !text.isEmpty, text.utf8.count <= 200 else {
        throw .fault("code", "should be a word such as TooManyRequests")
      }
      self.code = text
    }
    if let flag = json["applied"] {
      guard let isApplied = flag.bool else { throw .fault("applied", "should be true or false") }
      self.isApplied = isApplied
    }
  }

  /// Without a word of how often it is for once; a share and a time are for as long as they say.
  private mutating func readOccasions(_ json: JSONValue, now: Timestamp) throws(Refusal) {
    if let number = json["share"] {
      guard let share = number.number, share > 0, share <= 1 else {
        throw .fault("share", "should be a number above 0 and up to 1")
      }
      self.share = share
    }
    if let span = try Fault.number(json, "forMilliseconds", in: 1...31_536_000_000) {
      until = now + .milliseconds(span)
    }
    remaining = try Fault.number(json, "next", in: 1...1_000_000_000).map(Int.init)
    if remaining == nil, json["share"] == nil, until == nil { remaining = 1 }
    if let seed = try Fault.number(json, "seed", in: 0...Int64.max) { self.seed = UInt64(seed) }
  }

  private static func number(
    _ json: JSONValue, _ name: String, in range: ClosedRange<Int64>
  ) throws(Refusal) -> Int64? {
    guard let value = json[name] else { return nil }
    guard let number = value.integer, range.contains(number) else {
      throw .fault(
        name, "should be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// What ``init(_:now:)`` reads, with its id, what is left of it and how often it struck.
  func json(now: Timestamp) -> JSONValue {
    var object: JSONObject = ["id": .string(id), "kind": .string(kind.rawValue)]
    object["plane"] = scope.part.map { .string($0.rawValue) }
    object["method"] = scope.method.map(JSONValue.string)
    object["path"] = scope.path.map(JSONValue.string)
    object["user"] = scope.user.map(JSONValue.string)
    object["event"] = scope.event.map { .integer(Int64($0)) }
    if kind.takesTime { object["milliseconds"] = .integer(time.wholeMilliseconds) }
    if kind == .status || kind == .refuseRegistration {
      object["status"] = .integer(Int64(status))
      object["code"] = code.map(JSONValue.string)
      object["retryAfter"] = retryAfter.map(JSONValue.integer)
    }
    object["bytes"] = bytes.map { .integer(Int64($0)) }
    if isApplied { object["applied"] = true }
    guard !kind.isAtOnce else { return .object(object) }
    object["next"] = remaining.map { .integer(Int64($0)) }
    if share < 1 {
      object["share"] = .number(share)
      object["seed"] = .integer(Int64(clamping: seed))
    }
    object["forMilliseconds"] = until.map { .integer(($0 - now).wholeMilliseconds) }
    object["hits"] = .integer(Int64(hits))
    return .object(object)
  }
}

extension Refusal {
  /// 400 for a member of a fault.
  static func fault(_ name: String, _ words: String) -> Refusal {
    Refusal(400, "BadRequest", "\(name) \(words).", target: name)
  }
}
