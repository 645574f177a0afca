public import ACSTypes
import KeyInput

/// Focus, panes and the mouse.
extension ClientState {
  mutating func moveFocus(by step: Int) {
    let order: [Interface.Focus] =
      threads.open == nil ? [.threads] : [.composer, .messages, .threads]
    let index = order.firstIndex(of: interface.focus) ?? 0
    let target = order[((index + step) % order.count + order.count) % order.count]
    if interface.focus == .messages { leaveMessages() }
    interface.focus = target
    if target == .messages { selectNewestMessage() }
    if target == .threads { threads.selected = threads.open ?? threads.selected }
  }

  mutating func interrupt(_ turn: inout Turn) {
    if interface.pane != nil {
      interface.pane = nil
      newThread = nil
      people = nil
      renaming = nil
    } else if composer.editing != nil {
      cancelEdit()
    } else if interface.focus == .messages {
      leaveMessages()
    } else if !composer.isEmpty {
      composer = Composer()
    } else {
      let chord = keyMap.chords(of: .quit).first ?? "F1"
      say(.information("\(keyText(chord)) leaves Confab."), &turn)
    }
  }

  /// How many rows a pane shows at a time.
  public var paneRows: Int { max(1, viewport.rows - 4) }

  mutating func mouseUsed(_ mouse: MouseInput, target: String?, _ turn: inout Turn) {
    noteActivity(turn)
    switch mouse.kind {
    case .scrollUp: scrollRows(up: true, 3, &turn)
    case .scrollDown: scrollRows(up: false, 3, &turn)
    case .press:
      guard interface.pane == nil, let target else { return }
      if let thread = ScreenTarget.thread(target) {
        openThread(thread, &turn)
      } else if target == ScreenTarget.composer, threads.open != nil {
        interface.focus = .composer
      }
    case .release, .drag: break
    }
  }
}

/// The names of the regions of a frame, which come back with mouse input.
public enum ScreenTarget {
  /// The composer.
  public static let composer = "composer"

  /// The row of a thread in the list.
  public static func name(of thread: ChatThreadID) -> String { "thread:\(thread.rawValue)" }

  /// The thread that a region's name tells; `nil` for other regions.
  static func thread(_ target: String) -> ChatThreadID? {
    target.hasPrefix("thread:") ? ChatThreadID(String(target.dropFirst(7))) : nil
  }
}
