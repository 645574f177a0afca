import ScriptKit

/// The words of the language, told apart by what they are; everything comes from the tables of ScriptKit.
struct LanguageWords {
  /// What a line before the first scene begins with.
  let headings = Heading.all.map(\.name) + ["scene"]
  /// What a line of a scene begins with.
  let verbs = Verb.all.map(\.name).filter { $0 != "expect" }.sorted() + ["include"]
  /// What an expectation looks at.
  let subjects = Subject.all.map(\.name)
  /// What stands between values: `to`, `with`, `is`, `at least`.
  let small: [String]
  /// What happens to a client.
  let events = HappeningName.known.sorted()
  /// What names a thing that the language knows: targets and kinds of faults, parts of a screen.
  let names: [String]

  init() {
    let masks = SnapshotMask.allCases.map(\.rawValue)
    let names = Set(
      FaultRule.Target.allCases.map(\.rawValue) + EmulatorFault.kinds + masks
        + ["emulator", "nil", "GET", "POST", "PUT", "PATCH", "DELETE"])
    self.names = names.sorted()
    var small = Set<String>(["tagged"])
    for heading in Heading.all { small.formUnion(LanguageWords.words(heading.forms, heading.name)) }
    for verb in Verb.all { small.formUnion(LanguageWords.words(verb.forms, verb.name)) }
    for subject in Subject.all {
      small.formUnion(LanguageWords.words(subject.forms, "expect \(subject.name)"))
    }
    self.small = small.subtracting(names).sorted()
  }

  /// The words of forms that stand for themselves: those in small letters, outside of quotes, behind what the line begins
  /// with.
  private static func words(_ forms: [Verb.Form], _ beginning: String) -> [String] {
    let all = forms.flatMap { form -> [String] in
      let rest =
        form.usage.hasPrefix(beginning) ? form.usage.dropFirst(beginning.count) : form.usage[...]
      let parts = rest.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      return parts.filter { $0.offset % 2 == 0 }.flatMap { part in
        part.element.split { !($0.isLetter || $0 == "-" || $0.isNumber) }.map(String.init)
      }
    }
    return all.filter { word in
      word.first != "-" && word.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }
    }
  }
}
