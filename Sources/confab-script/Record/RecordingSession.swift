import Cells
import ClientModel
import CursesScreen
import KeyInput
import ScriptKit

/// Somebody uses the clients of a world in memory on this terminal, and what they do is written down.
///
/// The world's time stands still while keys come quickly, so that a script is not full of pauses, and goes along with the
/// computer's as soon as nothing was done for a second.
struct RecordingSession {
  /// How long nothing is done before time passes.
  private static let stillness = Duration.seconds(1)
  /// How long what is under way may take at the end.
  private static let longestEnd = Duration.seconds(60)
  /// The steps in which it passes.
  private static let tick = Duration.milliseconds(100)

  private let screen: CursesScreen
  private let path: String
  private let stage: WorldStage
  private var recorder: ScriptRecorder
  private var current = 0
  private var lastInput = ContinuousClock.now
  private var lastTick = ContinuousClock.now

  init(_ setting: SceneSetting, screen: CursesScreen, path: String) throws(StageError) {
    self.screen = screen
    self.path = path
    stage = try WorldStage(setting)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let scene = name.prefix { $0 != "." }
    recorder = ScriptRecorder(setting, scene: scene.isEmpty ? "recorded" : String(scene))
    recorder.begin(with: stage.seats)
  }

  /// The size that the clients have: the last row tells of the recording.
  static func viewport(of size: Size) -> Viewport {
    Viewport(columns: size.columns, rows: max(1, size.rows - 1))
  }

  /// Goes on until the person leaves or the terminal is gone.
  mutating func run() throws(StageError) {
    defer { stage.end() }
    while true {
      screen.show(frame)
      for event in screen.wait(timeout: RecordingSession.tick) {
        switch event {
        case .input(let input): guard try take(input) else { return try end() }
        case .resized(let size):
          try give(.resized(RecordingSession.viewport(of: size)))
        case .woken: break
        case .signal, .hangup: return try end()
        }
      }
      try passTime()
    }
  }

  /// Writes the script down.
  func write() -> Bool { DiskFiles.write(toNamed: path, Array(text.utf8)) }

  /// The script.
  var text: String { recorder.text }

  private mutating func end() throws(StageError) {
    try stage.settle()
    recorder.look(at: stage.seats)
    // What is under way would be what the scene ends with, and does not last.
    let passed = try stage.rest(upTo: RecordingSession.longestEnd)
    guard passed > .zero else { return }
    recorder.passed(passed)
    recorder.look(at: stage.seats)
  }

  private mutating func passTime() throws(StageError) {
    let now = ContinuousClock.now
    guard now - lastInput >= RecordingSession.stillness else {
      lastTick = now
      return
    }
    let ticks = Int((now - lastTick) / RecordingSession.tick)
    guard ticks > 0 else { return }
    // What was done is looked at before time passes over it.
    try stage.settle()
    recorder.look(at: stage.seats)
    let passed = RecordingSession.tick * ticks
    lastTick += passed
    try stage.advance(by: passed)
    recorder.passed(passed)
  }

  /// Gives the client what came; false when the recording ends.
  private mutating func take(_ input: TerminalInput) throws(StageError) -> Bool {
    switch input {
    case .key(let press) where press.description == "C-q": return false
    case .key(let press) where press.description == "F12":
      try stage.settle()
      recorder.look(at: stage.seats)
      current = (current + 1) % stage.seats.count
    case .key(let press): try give(.keyPressed(press))
    case .paste(let text): try give(.pasted(text))
    case .focus(let isFocused): try give(.focusChanged(isFocused: isFocused))
    case .mouse(let mouse): try give(.mouseUsed(mouse, target: nil))
    }
    return true
  }

  private mutating func give(_ event: Event) throws(StageError) {
    let seat = stage.seats[current]
    lastInput = ContinuousClock.now
    switch event {
    case .mouseUsed(let mouse, _):
      let point = Point(column: mouse.column, row: mouse.row)
      switch mouse.kind {
      case .press:
        guard let size = seat.frame?.grid.size, point.row < size.rows else { return }
        seat.click(at: point)
      case .scrollUp, .scrollDown: seat.scroll(mouse.kind)
      case .release, .drag: return
      }
    default: seat.take([event])
    }
    recorder.did(event, by: seat.name)
    try stage.settle()
  }

  private var frame: Frame {
    let seat = stage.seats[current]
    var frame = Frame(size: screen.size)
    frame.modes = Frame.Modes(title: "confab script record", mouse: true)
    if let shown = seat.frame {
      for row in shown.grid.rows.indices where row < screen.size.rows {
        frame.grid.write(shown.grid.rows[row], at: Point(column: 0, row: row))
      }
      frame.cursor = shown.cursor
    }
    let other = stage.seats[(current + 1) % stage.seats.count].name
    let line = " ● recording as \(seat.name)   F12 go on as \(other)   Ctrl-Q write \(path)"
    frame.grid.write(
      line, at: Point(column: 0, row: screen.size.rows - 1),
      style: Style(attributes: .reverse), width: { _ in 1 })
    return frame
  }
}
