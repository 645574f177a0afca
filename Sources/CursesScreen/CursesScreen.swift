import CNcurses
public import Cells
import Glibc
import KeyInput

/// The terminal: shows frames, and waits for input, signals and wakers.
///
/// ncurses does the output only; input is read raw, so that a lone Esc costs 25 ms and no more. There
/// is one screen a process, used by one thread; only its `waker` may go to others. The terminal is
/// given back by `restore()`, at exit, and even after a crash.
public final class CursesScreen {
  /// Ends a wait from any thread.
  public let waker: Waker
  /// The terminal's size; at least 1x1.
  public private(set) var size: Size

  private var palette: Palette
  private var modes: TerminalModes
  private var input = InputReader()
  /// What the terminal shows; nil when that is not known.
  private var shown: Frame?
  private var cells: [cchar_t] = []
  private var isOn = true

  /// Takes over the terminal on standard input and output.
  ///
  /// - Parameter isColored: False shows attributes only; nil asks the environment's `NO_COLOR`.
  /// - Throws: `ScreenError`; the terminal is as before.
  public init(isColored: Bool? = nil) throws {
    guard confab_settings_save() else {
      throw ScreenError(
        code: .noTerminal,
        message: "standard input and output must be a terminal; run confab without pipes")
    }
    let event = confab_signals_start()
    guard event >= 0 else {
      throw ScreenError(
        code: .system, message: "no eventfd: \(String(cString: strerror(errno)))")
    }
    guard confab_curses_start() else {
      confab_settings_restore()
      throw ScreenError(code: .unsuitableTerminal, message: Self.unsuitable)
    }
    // ncurses has set a handler for SIGWINCH of its own meanwhile.
    _ = confab_signals_start()
    waker = Waker(event: event)
    palette = Palette(
      colors: isColored ?? Self.wantsColor ? Int(confab_colors()) : 0,
      pairs: Int(confab_color_pairs()))
    modes = TerminalModes(isXterm: confab_is_xterm())
    size = Size(columns: 80, rows: 24)
    measure()
    armEmergency()
  }

  deinit {
    restore()
  }

  /// NO_COLOR asks for none when it is set to anything.
  private static var wantsColor: Bool { getenv("NO_COLOR").map { $0.pointee == 0 } ?? true }

  private static var unsuitable: String {
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    let known =
      name.isEmpty ? "TERM is not set" : "the terminal \"\(Self.visible(name))\" is not known"
    return "\(known) or cannot move its cursor; set TERM to what your terminal is, "
      + "for example TERM=xterm-256color"
  }

  private static func visible(_ text: String) -> String {
    String(text.map { Cell($0).character })
  }

  // MARK: - Showing

  /// Shows `frame`: sends what differs from the frame before, and nothing when nothing does.
  ///
  /// What does not fit is cut off; where the frame is smaller than the terminal there are blanks.
  public func show(_ frame: Frame) {
    guard isOn else { return }
    if let shown, shown.grid.size == frame.grid.size {
      for span in GridDifference(from: shown.grid, to: frame.grid).spans {
        draw(frame.grid.rows[span.row], span.columns, row: span.row)
      }
    } else {
      confab_erase()
      for (row, cells) in frame.grid.rows.enumerated() {
        draw(cells, cells.indices, row: row)
      }
    }
    if let cursor = frame.cursor, Rectangle(size).contains(cursor) {
      confab_update(Int32(cursor.row), Int32(cursor.column))
    } else {
      confab_update(-1, 0)
    }
    write(modes.change(to: frame.modes))
    shown = frame
  }

  /// Makes the next frame repaint everything, for when something else wrote to the terminal.
  public func forget() {
    shown = nil
    confab_forget()
  }

  private func draw(_ row: [Cell], _ columns: Range<Int>, row number: Int) {
    guard number < size.rows, columns.lowerBound < size.columns else { return }
    cells.removeAll(keepingCapacity: true)
    for column in columns where column < size.columns {
      let cell = row[column]
      let look = palette.look(of: cell.style)
      // A wide cell's second half is drawn with its first.
      if cell.isContinuation { continue }
      if column + cell.width > size.columns {
        cells.append(confab_letter(0x20, look.attributes, look.pair))
      } else if let letter = CellText.letter(of: cell) {
        cells.append(confab_letter(letter, look.attributes, look.pair))
      } else {
        let text = CellText(cell)
        cells.append(confab_cell(text.scalars + [0], look.attributes, look.pair))
        if text.needsBlank { cells.append(confab_letter(0x20, look.attributes, look.pair)) }
      }
    }
    confab_put(Int32(number), Int32(columns.lowerBound), cells, Int32(cells.count))
  }

  // MARK: - Waiting

  /// Waits until something happens.
  ///
  /// - Parameter timeout: The longest wait; nil waits for ever, and then nothing wakes the process.
  /// - Returns: What happened, in order; empty when time is up.
  public func wait(timeout: Duration? = nil) -> [ScreenEvent] {
    let limit = input.limit(timeout)
    let ready = confab_wait(waker.event, limit?.nanoseconds ?? -1)
    var events: [ScreenEvent] = []
    if ready & Int32(CONFAB_EVENT) != 0 { takeSignals(&events) }
    if ready & Int32(CONFAB_INPUT) != 0 {
      if let inputs = input.read() {
        events += inputs.map { .input($0) }
      } else {
        events.append(.hangup)
      }
    } else {
      events += input.timedOut().map { .input($0) }
    }
    if ready & Int32(CONFAB_HANGUP) != 0 { events.append(.hangup) }
    return events
  }

  private func takeSignals(_ events: inout [ScreenEvent]) {
    let signals = confab_take_signals(waker.event)
    func came(_ signal: Int32) -> Bool { signals & 1 << UInt64(signal) != 0 }
    if came(SIGTSTP) {
      stop()
      events.append(.resized(size))
    } else if came(SIGCONT) {
      // Stopped by SIGSTOP, which cannot be handled: the shell has used the terminal meanwhile.
      suspend()
      resume()
      events.append(.resized(size))
    } else if came(SIGWINCH) {
      measure()
      events.append(.resized(size))
    }
    for signal in [SIGINT, SIGTERM] where came(signal) { events.append(.signal(signal)) }
    if came(SIGHUP) { events.append(.hangup) }
    if signals == 0 { events.append(.woken) }
  }

  private func measure() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    if confab_size(&columns, &rows) {
      size = Size(columns: Int(columns), rows: Int(rows))
    }
    if resizeterm(Int32(size.rows), Int32(size.columns)) == OK { forget() }
  }

  // MARK: - Giving the terminal away

  /// Gives the terminal to another program, such as an editor, until `resume()`.
  public func suspend() {
    guard isOn else { return }
    isOn = false
    write(modes.leave())
    endwin()
    confab_settings_restore()
    confab_emergency(nil, 0)
  }

  /// Takes the terminal back; show a frame afterwards.
  public func resume() {
    guard !isOn else { return }
    isOn = true
    // What the user set meanwhile is what the terminal gets back at the end.
    _ = confab_settings_save()
    reset_prog_mode()
    measure()
    forget()
    armEmergency()
  }

  /// Stops the process as Ctrl-Z does in other programs; returns when it goes on.
  public func stop() {
    suspend()
    raise(SIGSTOP)
    resume()
  }

  /// Gives the terminal back for good; harmless when done before.
  public func restore() {
    suspend()
  }

  private func armEmergency() {
    var bytes = [CChar](repeating: 0, count: 256)
    let count = confab_leaving_bytes(&bytes, bytes.count)
    let all = modes.everythingOff.utf8.map { CChar(bitPattern: $0) } + bytes[..<count]
    confab_emergency(all, all.count)
  }

  private func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR && errno != EAGAIN { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
