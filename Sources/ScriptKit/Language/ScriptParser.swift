import ArgumentTable

/// Reads scripts and checks all of them before anything runs.
public struct ScriptParser {
  private let scope: ScriptScope
  private var script: Script
  private var names: [String: SourcePlace] = [:]
  private var settings: [String: SourcePlace] = [:]

  /// Reads the script in `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: As it is named in messages; files that it includes are looked for beside it.
  ///   - reader: Brings the bytes of an included file; `nil` when it cannot be read.
  /// - Returns: The script, which can be played.
  /// - Throws: All that is wrong with it.
  public static func parse(
    _ bytes: [UInt8], path: String, reader: @escaping (String) -> [UInt8]? = { _ in nil }
  ) throws(ScriptErrors) -> Script {
    var parser = ScriptParser(path: path, reader: reader)
    parser.scope.files = [path]
    parser.readFile(bytes, path)
    if let error = parser.scope.versionError { throw ScriptErrors(errors: [error]) }
    if parser.script.scenes.isEmpty, parser.scope.errors.isEmpty {
      parser.scope.note(
        ScriptError(
          SourcePlace(file: path, line: 1), "there is no scene; 'scene \"NAME\"' begins one"))
    }
    guard parser.scope.errors.isEmpty else {
      throw ScriptErrors(
        errors: parser.scope.errors.sorted {
          ($0.place.file, $0.place.line, $0.place.column)
            < ($1.place.file, $1.place.line, $1.place.column)
        })
    }
    return parser.script
  }

  private init(path: String, reader: @escaping ScriptScope.FileReader) {
    scope = ScriptScope(reader: reader)
    script = Script(path: path)
  }

  // MARK: - Lines before and between scenes

  private mutating func readFile(_ bytes: [UInt8], _ path: String) {
    for line in LineTree.read(bytes, path, scope) where !line.isBroken && !scope.isFull {
      readTopLine(line)
    }
  }

  private mutating func readTopLine(_ line: ScriptLine) {
    do throws(ScriptError) {
      var words = Words(line, in: scope)
      guard let first = words.peekedWord else { throw words.mismatch("a heading or a scene") }
      if first == "scene" {
        words.skip()
        try readScene(&words)
        return
      }
      guard let heading = Heading.named(first) else {
        let isVerb = Verb.all.contains { $0.name.split(separator: " ").first == first[...] }
        let near = nearest(to: first, in: Heading.all.map(\.name) + ["scene"])
        throw words.error(
          isVerb || first == "as"
            ? "'\(first.shown)' stands in a scene; 'scene \"NAME\"' begins one"
            : "there is no heading '\(first.shown)'\(near.map { "; did you mean '\($0)'?" } ?? "")")
      }
      guard script.scenes.isEmpty || ["let", "include"].contains(first) else {
        throw words.error("'\(first)' stands before the first scene")
      }
      if heading.isSetting { try once(heading, words) }
      words.skip()
      if first == "include" {
        let (bytes, path) = try words.includedFile()
        scope.files.append(path)
        readFile(bytes, path)
        scope.files.removeLast()
        return
      }
      try heading.apply(&words, &script)
      try words.end()
      if first != "thread" { try words.noBlock() }
    } catch {
      scope.note(error)
    }
  }

  /// Fails when the setting stands above, too.
  private mutating func once(_ heading: Heading, _ words: Words) throws(ScriptError) {
    let place = words.line.place
    guard let earlier = settings.updateValue(place, forKey: heading.name) else { return }
    throw words.error("'\(heading.name)' stands in \(line(of: earlier, seenFrom: place)), too")
  }

  /// `line 3`, and of which file where it is another.
  private func line(of earlier: SourcePlace, seenFrom place: SourcePlace) -> String {
    "line \(earlier.line)\(earlier.file == place.file ? "" : " of \(earlier.file)")"
  }

  // MARK: - Scenes

  private mutating func readScene(_ words: inout Words) throws(ScriptError) {
    let place = words.line.place
    let start = words
    let name = try words.fixedText("the scene's name")
    guard !name.isEmpty else { throw start.error("a scene has a name") }
    if let earlier = names[name] {
      let line = line(of: earlier, seenFrom: place)
      throw start.error("the scene of \(line) is called \"\(name)\", too")
    }
    names[name] = place
    var tags: [String] = []
    if words.takes("tagged") {
      repeat { tags.append(try words.anyWord("a tag")) } while words.takesComma()
    }
    try words.end()
    guard !words.children.isEmpty else {
      throw ScriptError(place, "the scene is empty; its lines are indented below it")
    }
    let variables = scope.variables
    scope.snapshots = [:]
    scope.sceneSlug = fileName(name)
    scope.killsServers = false
    let steps = words.steps()
    scope.variables = variables
    if !scope.snapshots.isEmpty {
      if let earlier = scope.snapshotScenes[scope.sceneSlug] {
        throw start.error(
          "the snapshots of the scene of \(line(of: earlier, seenFrom: place)) are kept in the same files; give it another name"
        )
      }
      scope.snapshotScenes[scope.sceneSlug] = place
    }
    script.scenes.append(
      Scene(
        name: name, tags: tags, place: place, steps: steps, killsServers: scope.killsServers,
        constantCount: script.constants.count))
  }
}

extension Words {
  /// The steps of the lines below this one; what is wrong with them is noted.
  func steps() -> [Step] {
    if let steps = scope.inBlock(stepsOfBlock) { return steps }
    scope.note(ScriptError(line.place, "blocks lie too deep within one another"))
    return []
  }

  private func stepsOfBlock() -> [Step] {
    var steps: [Step] = []
    for line in children where !line.isBroken && !scope.isFull {
      do throws(ScriptError) {
        steps += try Words(line, in: scope).stepsOfLine()
      } catch {
        scope.note(error)
      }
    }
    return steps
  }

  /// The steps of this line: one, or those of a block.
  private func stepsOfLine() throws(ScriptError) -> [Step] {
    var words = self
    if line.isPicture { throw words.error("a picture stands below 'expect screen'") }
    if words.takes("as") { return try words.stepsOfPerson() }
    if words.takes("include") { return try words.stepsOfFile() }
    let verb = try Verb.take(&words)
    if verb.actor == .person, scope.person == nil {
      throw ScriptError(
        line.place,
        "somebody does '\(verb.name)': it stands below 'as \(scope.users.first ?? "NAME")'")
    }
    if verb.actor == .world, let person = scope.person {
      throw ScriptError(
        line.place,
        "the world does '\(verb.name)', not \(person): it stands in the scene itself, not below 'as'"
      )
    }
    let act = try verb.parse(&words)
    try words.end()
    if !act.hasBlock { try words.noBlock() }
    return [Step(place: line.place, source: line.source, person: scope.person, act: act)]
  }

  private mutating func stepsOfPerson() throws(ScriptError) -> [Step] {
    if let person = scope.person {
      throw ScriptError(line.place, "\(person) acts here; 'as' stands in the scene itself")
    }
    let person: String
    do throws(ScriptError) {
      person = try name()
      try end()
    } catch {
      // What is below is checked as if somebody did it.
      scope.note(error)
      scope.person = scope.users.first ?? "NAME"
      _ = steps()
      scope.person = nil
      return []
    }
    guard !children.isEmpty else {
      throw ScriptError(line.place, "\(person) does nothing; what they do is indented below 'as'")
    }
    scope.person = person
    defer { scope.person = nil }
    return steps()
  }

  private mutating func stepsOfFile() throws(ScriptError) -> [Step] {
    let (bytes, path) = try includedFile()
    scope.files.append(path)
    defer { scope.files.removeLast() }
    var whole = line
    whole.children = LineTree.read(bytes, path, scope)
    if let scene = whole.children.first(where: { $0.tokens.first?.kind == .word("scene") }) {
      throw ScriptError(
        line.place,
        "\(path) has a scene in line \(scene.place.line); within one only steps are included")
    }
    return Words(whole, in: scope).steps()
  }

  /// The file that the rest of an `include` names, and its path.
  mutating func includedFile() throws(ScriptError) -> (bytes: [UInt8], path: String) {
    let start = self
    let name = try fixedText("the file")
    try end()
    try noBlock()
    let folder = scope.files.last?.lastIndex(of: "/").flatMap { scope.files.last?[...$0] } ?? ""
    let path = (name.first == "/" ? name : "\(folder)\(name)").withoutDots
    guard !scope.files.contains(path) else {
      throw start.error("\(name) includes itself")
    }
    guard scope.files.count < 20 else { throw start.error("too many files include one another") }
    guard let bytes = scope.reader(path) else {
      throw start.error("\(path.isEmpty ? quoted(name) : path) cannot be read")
    }
    guard scope.include(lines: bytes.count { $0 == 0x0A } + 1) else {
      throw start.error("more than 100000 lines are included")
    }
    return (bytes, path)
  }
}

extension String {
  /// A path without `.` and, where that goes by names alone, without `..`: a file has one.
  fileprivate var withoutDots: String {
    var parts: [Substring] = []
    for part in split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (first == "/" ? "/" : "") + parts.joined(separator: "/")
  }
}

/// Lines by their indentation.
enum LineTree {
  static func read(_ bytes: [UInt8], _ path: String, _ scope: ScriptScope) -> [ScriptLine] {
    var lexer = ScriptLexer(file: path, bytes: bytes)
    let lines = lexer.lines()
    for error in lexer.errors { scope.note(error) }
    var index = 0
    return level(lines, &index, indent: 0, scope)
  }

  /// The lines from `index` on that are indented by `indent` at the least, as a level of the tree.
  private static func level(
    _ lines: [ScriptLine], _ index: inout Int, indent: Int, _ scope: ScriptScope
  ) -> [ScriptLine] {
    var result: [ScriptLine] = []
    guard index < lines.count else { return [] }
    let own = lines[index].indent
    while index < lines.count, lines[index].indent >= indent {
      var line = lines[index]
      if line.indent != own {
        scope.note(
          ScriptError(
            line.place, "this line is indented by \(line.indent), and those before it by \(own)"))
      }
      index += 1
      if index < lines.count, lines[index].indent > line.indent {
        line.children = level(lines, &index, indent: line.indent + 1, scope)
      }
      result.append(line)
    }
    return result
  }
}
