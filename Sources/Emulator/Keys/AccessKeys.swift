import ACSTypes
import ACSWire
import SQLiteDatabase
import ServiceAuth
import Services

/// The two keys of the resource; each signs as well as the other, so that one can be made anew while the other is used.
enum AccessKeyName: String, CaseIterable, Sendable {
  case primary, secondary

  /// Under which name the store keeps a key that was made anew.
  var fact: String { "accessKey.\(rawValue)" }
}

extension Store {
  /// The keys: those given, but for what was made anew since.
  func accessKeys(orElse given: [AccessKey]) throws -> [AccessKey] {
    var keys = given
    for (place, name) in AccessKeyName.allCases.enumerated() {
      guard let text = try fact(name.fact) else { continue }
      let key = try AccessKey(base64: text)
      if place < keys.count { keys[place] = key } else { keys.append(key) }
    }
    return keys
  }
}

extension Core {
  /// Makes a key anew; signatures of the old one are refused from now on.
  mutating func regenerate(_ name: AccessKeyName) throws -> AccessKey {
    let key = AccessKey(random: ids.random)
    var keys = accessKeys
    if let place = AccessKeyName.allCases.firstIndex(of: name), place < keys.count {
      keys[place] = key
    } else {
      keys.append(key)
    }
    try store.keepFact(name.fact, key.base64.reveal())
    accessKeys = keys
    return key
  }
}

extension AdminRoute {
  /// The resource's access keys.
  static let accessKeys = [
    AdminRoute("GET", "/keys") { core, _, _ in
      guard core.rules.showsKeys else {
        throw Refusal(
          403, "Forbidden", "The access keys are secrets.",
          why: "With --random-key the access keys are secrets, and this interface asks nobody who "
            + "they are; the ready file has the key, and regenerating one tells the new one.")
      }
      let keys = zip(AccessKeyName.allCases, core.accessKeys).map { name, key in
        (name.rawValue, JSONValue.string(key.base64.reveal()))
      }
      return .json(JSONValue.object(JSONObject(keys)))
    },
    AdminRoute("POST", "/keys/{}") { core, _, arguments in
      guard let name = AccessKeyName(rawValue: arguments[0]) else {
        throw Refusal(
          404, "NotFound",
          "There is no key \(arguments[0]); there are primary and secondary.")
      }
      let key = try core.regenerate(name)
      return .json([name.rawValue: .string(key.base64.reveal())] as JSONValue, status: 201)
    },
  ]
}
