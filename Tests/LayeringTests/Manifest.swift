/// The targets of Package.swift and their edges, read from its text.
///
/// It knows the calls that this package's manifest makes, `library`, `program`, `shim` and `tests`, with the
/// target's name first and a list of names after it.
struct Manifest {
  /// Each target that is not a test, with what it depends on.
  private(set) var edges: [String: Set<String>] = [:]

  init(text: String) {
    let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      .joined(separator: "\n")
    for call in ["library", "program", "shim"] {
      for declaration in code.split(separator: "    \(call)(").dropFirst() {
        let names = Self.literals(in: declaration)
        guard let target = names.first else { continue }
        edges[target] = Set(names.dropFirst())
      }
    }
  }

  /// The string literals up to the end of the call, or to a label, whose list is something else.
  private static func literals(in text: Substring) -> [String] {
    let end = text.firstIndex { $0 == ")" || $0 == ":" } ?? text.endIndex
    let parts = text[..<end].split(separator: "\"", omittingEmptySubsequences: false)
    return parts.indices.filter { !$0.isMultiple(of: 2) }.map { String(parts[$0]) }
  }

  /// All that `target` depends on, directly or not.
  func reach(of target: String) -> Set<String> {
    var found: Set<String> = []
    var open = [target]
    while let next = open.popLast() {
      for edge in edges[next] ?? [] where found.insert(edge).inserted { open.append(edge) }
    }
    return found
  }
}
