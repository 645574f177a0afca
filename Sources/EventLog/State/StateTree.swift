import ACSTypes
import KeyInput

/// A value as names and texts: what a person reads, a script asks by a path, and a test compares byte for byte.
public enum StateTree: Hashable, Sendable {
  /// One thing without parts.
  case text(String)
  /// Things in their order.
  case list([StateTree])
  /// Named parts: the properties of a value in their order, the entries of a dictionary by their keys.
  case members([Member])

  /// A named part.
  public struct Member: Hashable, Sendable {
    /// The property's name or the entry's key.
    public let name: String
    /// True for an entry of a dictionary, whose path is `[key]`.
    public let isEntry: Bool
    /// What it is.
    public let value: StateTree
  }

  /// The parts of any value, as its mirror shows them.
  ///
  /// Texts are quoted, moments are in ISO 8601 to the millisecond, ids and the like are the text that they wrap; a case of
  /// an enumeration is its name, or a member of its name when it carries something. Sets and dictionaries are in the order
  /// of their texts.
  public init(_ value: Any) {
    // By type, for any empty list is one of characters to a cast.
    if type(of: value) == [Character].self, let characters = value as? [Character] {
      self = .text(Self.quoted(String(characters)))
      return
    }
    if let text = Self.plainText(value) {
      self = .text(text)
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      self = mirror.children.first.map { StateTree($0.value) } ?? .text("nil")
    case .collection:
      self = .list(mirror.children.map { StateTree($0.value) })
    case .set:
      self = .list(mirror.children.map { StateTree($0.value) }.sorted { $0.text < $1.text })
    case .dictionary:
      self = .members(mirror.children.compactMap(Self.entry).sorted { $0.name < $1.name })
    case .enum:
      guard let child = mirror.children.first else {
        self = .text(Self.caseName(value))
        return
      }
      let name = child.label ?? Self.caseName(value)
      self = .members([Member(name: name, isEntry: false, value: StateTree(child.value))])
    case .tuple where mirror.children.allSatisfy { $0.label?.first == "." }:
      self = .list(mirror.children.map { StateTree($0.value) })
    default:
      self = Self.structure(mirror)
    }
  }

  private static func plainText(_ value: Any) -> String? {
    switch value {
    case let text as String: quoted(text)
    case let flag as Bool: String(flag)
    case let number as any BinaryInteger: number.description
    case let number as any BinaryFloatingPoint: "\(number)"
    case let moment as Timestamp:
      moment.milliseconds % 1000 == 0 ? moment.iso8601 : moment.iso8601WithMilliseconds
    case let duration as Duration: "\(duration)"
    case let press as KeyPress: press.description
    case let character as Character: quoted(String(character))
    case let secret as Secret: secret.description
    default: nil
    }
  }

  private static func structure(_ mirror: Mirror) -> StateTree {
    let children = Array(mirror.children)
    // An id and the like: the one thing that it wraps.
    if children.count == 1, ["rawValue", "rawID"].contains(children[0].label) {
      return StateTree(children[0].value)
    }
    return .members(
      children.map {
        Member(name: $0.label ?? "?", isEntry: false, value: StateTree($0.value))
      })
  }

  private static func entry(_ child: Mirror.Child) -> Member? {
    let pair = Array(Mirror(reflecting: child.value).children)
    guard pair.count == 2 else { return nil }
    var key = StateTree(pair[0].value).text
    if key.first == "\"", key.count >= 2 { key = String(key.dropFirst().dropLast()) }
    return Member(name: key, isEntry: true, value: StateTree(pair[1].value))
  }

  /// The name of a value's case: `keyPressed` of `.keyPressed(…)`.
  public static func caseName(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .enum, let label = mirror.children.first?.label { return label }
    return String(String(describing: value).prefix { $0 != "(" })
  }

  /// The text in quotes on one line, controls escaped.
  private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// A text as it stands between quotes on one line: with a backslash before quotes, backslashes and `others`, and names for
  /// controls.
  public static func escaped(_ text: String, and others: Set<Unicode.Scalar> = []) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if others.contains(scalar) {
          result += "\\\(scalar)"
        } else if scalar.properties.generalCategory == .control {
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}

extension StateTree {
  /// A line for each thing without parts: `threads.open = "19:…"`.
  public var text: String {
    leaves.map { $0.path.isEmpty ? $0.text : "\($0.path) = \($0.text)" }.joined(separator: "\n")
  }

  /// Each thing without parts, with the path to it.
  public var leaves: [(path: String, text: String)] {
    var leaves: [(path: String, text: String)] = []
    gather(path: "", into: &leaves)
    return leaves
  }

  private func gather(path: String, into leaves: inout [(path: String, text: String)]) {
    switch self {
    case .text(let text): leaves.append((path, text))
    case .list(let values):
      if values.isEmpty { leaves.append((path, "[]")) }
      for (index, value) in values.enumerated() {
        value.gather(path: "\(path)[\(index)]", into: &leaves)
      }
    case .members(let members):
      if members.isEmpty { leaves.append((path, "[:]")) }
      for member in members {
        let dot = path.isEmpty ? "" : "."
        let end = member.isEntry ? "[\(member.name)]" : "\(dot)\(member.name)"
        member.value.gather(path: path + end, into: &leaves)
      }
    }
  }

  /// What is at the end of a path such as `conversations[19:a@thread.v2].messages[0].content`; `nil` when nothing is.
  ///
  /// A number counts elements from 0, a negative one from the end; the empty path is the whole.
  public subscript(path: String) -> StateTree? {
    Self.walk(path, from: self) { tree, name, isEntry in tree.part(name, isEntry: isEntry) }
  }

  private func part(_ name: Substring, isEntry: Bool) -> StateTree? {
    switch self {
    case .text: return nil
    case .members(let members):
      return members.first { $0.name == name && $0.isEntry == isEntry }?.value
    case .list(let values):
      guard isEntry, let number = Int(name) else { return nil }
      let index = number < 0 ? values.count &+ number : number
      return values.indices.contains(index) ? values[index] : nil
    }
  }
}
