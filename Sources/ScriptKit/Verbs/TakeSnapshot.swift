import Cells
import ClientModel

extension Verb {
  static let snapshot = Verb(
    "snapshot", by: .person,
    [
      Form(
        "snapshot \"NAME\"",
        "Lets the world settle, and holds the screen against the one that is kept beside the script."
      ),
      Form(
        "snapshot \"NAME\" except ROLE, ROLE…",
        "Leaves parts out: \(SnapshotMask.allCases.map(\.rawValue).joined(separator: ", "))."),
    ],
    about:
      "A snapshot that is missing or another fails, and shows what differs; 'confab script run --update' writes it, and an SVG beside it."
  ) { words throws(ScriptError) in
    let place = words.place
    let name = try words.fixedText("the snapshot's name")
    var masks: [SnapshotMask] = []
    if words.takes("except") {
      repeat {
        let role = try words.word("what is left out", of: SnapshotMask.allCases.map(\.rawValue))
        masks += [SnapshotMask(rawValue: role)].compactMap(\.self)
      } while words.takesComma()
    }
    guard words.scope.repetitions == 1 else {
      throw ScriptError(place, "what is repeated has no snapshot: all would be kept in one file")
    }
    let slug = fileName(name)
    guard !slug.isEmpty else { throw ScriptError(place, "a snapshot's name has letters or digits") }
    guard !words.scope.sceneSlug.isEmpty else {
      throw ScriptError(place, "the name of a scene with snapshots has letters or digits")
    }
    if let earlier = words.scope.snapshots[slug] {
      throw ScriptError(
        place, "the snapshot of line \(earlier.line) is kept in the same file; give it another name"
      )
    }
    words.scope.snapshots[slug] = place
    return TakeSnapshot(name: name, masks: masks)
  }
}

/// Holds a screen against the one that is kept.
struct TakeSnapshot: Act {
  let name: String
  let masks: [SnapshotMask]

  var isExpectation: Bool { true }

  func perform(_ run: SceneRun) throws(StepFailure) {
    guard run.weather == nil else { return }
    let path = TakeSnapshot.path(run.script.path, run.scene.name, name)
    let expected = run.options.read(path).map { String(decoding: $0, as: UTF8.self) }
    do throws(StepFailure) {
      try run.find { () throws(StepFailure) in try check(run, expected, path) }
    } catch {
      guard run.options.updatesSnapshots else { throw error }
      try write(run, path)
    }
  }

  private func check(_ run: SceneRun, _ expected: String?, _ path: String) throws(StepFailure) {
    let (frame, parts) = try look(run)
    let snapshot = Snapshot(frame, masks: parts)
    guard let expected else {
      throw StepFailure(
        "there is no snapshot \(path) yet; 'confab script run --update' writes this screen there")
    }
    if let difference = snapshot.difference(from: expected) {
      throw StepFailure(
        "the screen is not that of \(path); '-' is expected, '+' is here:\n\(difference)\n"
          + "if this is how it should be, 'confab script run --update' keeps it")
    }
  }

  /// The screen, and what is left out of it.
  private func look(_ run: SceneRun) throws(StepFailure) -> (Frame, [Rectangle]) {
    let (frame, state) = (try run.screen(), try run.state())
    return (frame, masks.flatMap { $0.parts(of: frame, state) })
  }

  private func write(_ run: SceneRun, _ path: String) throws(StepFailure) {
    let (frame, parts) = try look(run)
    let (snapshot, picture) = (
      Snapshot(frame, masks: parts), ScreenSVG.picture(of: frame, masks: parts)
    )
    for (path, text) in [
      (path, snapshot.text), ("\(path.dropLast(Snapshot.ending.count)).svg", picture),
    ] {
      guard run.options.write(path, Array(text.utf8)) else {
        run.isUnwritten = true
        throw StepFailure("\(path) cannot be written")
      }
    }
    run.notes.append("wrote \(path)")
  }

  static func path(_ script: String, _ scene: String, _ name: String) -> String {
    "\(Snapshot.folder(of: script))/\(fileName(scene)).\(fileName(name))\(Snapshot.ending)"
  }
}

/// A name as part of a file's: letters and digits in lower case, `-` for the rest.
func fileName(_ name: String) -> String {
  var result = ""
  for character in name.lowercased() {
    if character.isLetter || character.isNumber {
      result.append(character)
    } else if !result.isEmpty, result.last != "-" {
      result.append("-")
    }
  }
  if result.last == "-" { result.removeLast() }
  // Two of them and the ending fit into what file systems allow, 255 bytes.
  while result.utf8.count > 110 { result.removeLast() }
  return result
}
