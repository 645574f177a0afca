import ACSTypes
import ClientModel
import EventLog
import ScriptKit

/// What a client in a terminal knows, from what it records of itself: the same occurrences give the same state.
struct RecordedClient {
  private let path: String
  private var replay: Replay?
  private var length = 0
  private var torn: [UInt8] = []
  private var writer = DiaryWriter()
  /// How many things came from keyboard, mouse and window so far.
  private(set) var inputCount = 0
  private var stepCount = 0
  private(set) var diary = Diary()
  /// What is wrong with the recording.
  private(set) var problem: String?

  init(path: String) {
    self.path = path
  }

  var state: ClientState? { replay?.state }

  mutating func clearDiary() { diary = Diary() }

  /// Reads on; gives whether there was something new.
  mutating func read() -> Bool {
    guard problem == nil, let bytes = DiskFiles.read(path, from: length), !bytes.isEmpty else {
      return false
    }
    length += bytes.count
    torn += bytes
    guard let end = torn.lastIndex(of: 0x0A) else { return false }
    let whole = Array(torn[...end])
    torn.removeFirst(whole.count)
    do {
      if replay == nil { replay = try Replay(whole) } else { replay?.append(whole) }
      while let step = try replay?.step() { take(step) }
    } catch {
      problem = "the client's recording cannot be read: \(error)"
    }
    return true
  }

  private mutating func take(_ step: Replay.Step) {
    switch step.occurrence.event {
    case .keyPressed, .pasted, .mouseUsed, .focusChanged, .resized: inputCount += 1
    default: break
    }
    stepCount += 1
    if let state {
      writer.write([step.occurrence.event], step.effects, state, order: stepCount, to: &diary)
    }
  }
}
