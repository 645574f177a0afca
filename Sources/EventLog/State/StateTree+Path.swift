extension StateTree {
  /// What is at the end of a path of `value`, as the subscript gives it, without looking at anything beside the path;
  /// `nil` when nothing is there.
  public init?(of value: Any, at path: String) {
    guard
      let part = Self.walk(
        path, from: value,
        { value, name, isEntry in
          Self.part(name, of: value, isEntry: isEntry)
        })
    else { return nil }
    self = StateTree(part)
  }

  /// True for what is written as a path is, whether anything has it or not: `a.b[c].d`.
  public static func isPath(_ text: String) -> Bool {
    walk(text, from: true) { _, name, isEntry in isEntry || !name.isEmpty ? true : nil } != nil
  }

  /// Goes along a path, name by name; `isEntry` tells `[name]` from `.name`.
  ///
  /// - Returns: Where it ends; `nil` when `step` finds nothing, or the path is none.
  static func walk<Place>(
    _ path: String, from start: Place,
    _ step: (_ place: Place, _ name: Substring, _ isEntry: Bool) -> Place?
  ) -> Place? {
    var place = start
    var rest = path[...]
    while let first = rest.first {
      let name: Substring
      if first == "[" {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        name = rest[..<end].dropFirst()
        rest = rest[rest.index(after: end)...]
      } else {
        if first == "." { rest = rest.dropFirst() }
        name = rest.prefix { $0 != "." && $0 != "[" }
        rest = rest[name.endIndex...]
      }
      guard let next = step(place, name, first == "[") else { return nil }
      place = next
    }
    return place
  }

  /// What a mirror shows under a name, an optional's content in its place.
  private static func part(_ name: Substring, of value: Any, isEntry: Bool) -> Any? {
    var mirror = Mirror(reflecting: value)
    while mirror.displayStyle == .optional {
      guard let child = mirror.children.first else { return nil }
      mirror = Mirror(reflecting: child.value)
    }
    switch mirror.displayStyle {
    case .collection, .set, .tuple:
      guard isEntry, let number = Int(name) else { return nil }
      let index = number < 0 ? Int(mirror.children.count) &+ number : number
      guard index >= 0, index < mirror.children.count else { return nil }
      return mirror.children[mirror.children.index(mirror.children.startIndex, offsetBy: index)]
        .value
    case .dictionary:
      guard isEntry else { return nil }
      for child in mirror.children {
        let pair = Array(Mirror(reflecting: child.value).children)
        guard pair.count == 2 else { continue }
        var key = StateTree(pair[0].value).text
        if key.first == "\"", key.count >= 2 { key = String(key.dropFirst().dropLast()) }
        if key == name { return pair[1].value }
      }
      return nil
    default:
      guard !isEntry else { return nil }
      return mirror.children.first { $0.label.map { $0[...] == name } ?? false }?.value
    }
  }

  /// Without the quotes of a text; the lines of what has parts.
  public var unquotedText: String {
    guard case .text(let text) = self else { return self.text }
    guard text.first == "\"", text.last == "\"", text.count >= 2 else { return text }
    var result = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        result.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
