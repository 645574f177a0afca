import ACSTypes
public import ACSWire
import ServiceAuth

/// All API keys, as they are kept in a file.
public struct CallerKeyRing: Hashable, Sendable {
  /// Why a text is no key ring.
  public struct Damage: Error, Hashable, Sendable {
    /// What is wrong, for people.
    public var message: String
  }

  /// The keys, in the order in which they were made.
  public private(set) var keys: [CallerKey]

  /// No keys.
  public init() {
    keys = []
  }

  /// The key that the operator calls `name`.
  public func key(named name: String) -> CallerKey? {
    keys.first { $0.name == name }
  }

  /// Takes a key in; one of the same name goes.
  public mutating func add(_ key: CallerKey) {
    remove(named: key.name)
    keys.append(key)
  }

  /// Takes a key out.
  ///
  /// - Returns: False when there is none of that name.
  @discardableResult
  public mutating func remove(named name: String) -> Bool {
    let count = keys.count
    keys.removeAll { $0.name == name }
    return keys.count < count
  }

  /// The kept key that `key` is; `nil` when it is none of them.
  func key(matching key: Secret) -> CallerKey? {
    guard let id = CallerKey.id(in: key) else { return nil }
    return keys.first { $0.id == id && $0.matches(key) }
  }

  // MARK: - The file

  /// Reads what ``json`` wrote.
  public init(_ json: JSONValue) throws(Damage) {
    guard let list = json["keys"]?.array else { throw Damage(message: "there is no list \"keys\"") }
    keys = try list.enumerated().map { index, entry throws(Damage) in
      guard let key = CallerKey(entry) else {
        throw Damage(message: "the entry number \(index + 1) of \"keys\" is no key")
      }
      return key
    }
  }

  /// What is kept of the keys: salts and hashes, never the keys.
  public var json: JSONValue {
    ["version": 1, "keys": .array(keys.map(\.json))]
  }
}

extension CallerKey {
  fileprivate init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let id = json["id"]?.string,
      let salt = json["salt"]?.string.flatMap({ [UInt8](base64: $0) }), salt.count >= 16,
      let hash = json["sha256"]?.string.flatMap({ [UInt8](base64: $0) }), hash.count == 32,
      let scopes = json["scopes"]?.array?.compactMap(\.string), !scopes.isEmpty,
      let lifetime = json["maximumLifetime"]?.integer.flatMap({ Int(exactly: $0) }),
      Allowance.lifetimes.contains(lifetime)
    else { return nil }
    var others: Others?
    switch json["actsFor"] {
    case nil, .null?: break
    case .string("*")?: others = .anybody
    case .array(let names)?:
      let known = names.compactMap { $0.string.flatMap { try? CallerName($0, member: "actsFor") } }
      guard known.count == names.count else { return nil }
      others = .these(known)
    default: return nil
    }
    var user: CallerName?
    if let text = json["user"]?.string {
      guard let name = try? CallerName(text, member: "user") else { return nil }
      user = name
    }
    var rate: RateLimit?
    if let json = json["rate"], !json.isNull {
      guard let limit = RateLimit(json) else { return nil }
      rate = limit
    }
    self.init(
      name: name, user: user, others: others, postsEvents: json["postsEvents"]?.bool ?? false,
      allowance: Allowance(
        scopes: scopes.map(TokenScope.init(rawValue:)), maximumLifetime: lifetime, rate: rate),
      createdOn: Timestamp(milliseconds: json["createdOn"]?.integer ?? 0), id: id, salt: salt,
      hash: hash)
  }

  fileprivate var json: JSONValue {
    var object: JSONObject = ["name": .string(name), "id": .string(id)]
    object["user"] = user.map { .string($0.text) }
    switch others {
    case .anybody: object["actsFor"] = "*"
    case .these(let names): object["actsFor"] = .array(names.map { .string($0.text) })
    case nil: break
    }
    if postsEvents { object["postsEvents"] = true }
    object["scopes"] = .array(allowance.scopes.map { .string($0.rawValue) })
    object["maximumLifetime"] = .integer(Int64(allowance.maximumLifetime))
    object["rate"] = allowance.rate?.json
    object["createdOn"] = .integer(createdOn.milliseconds)
    object["salt"] = .string(salt.base64)
    object["sha256"] = .string(hash.base64)
    return .object(object)
  }
}
