public import ClientModel

/// The first line of a log: what the client was started with, so that the same state can be made again.
public struct EventLogHeader: Hashable, Sendable, Codable {
  /// The form of the lines that this version reads and writes; a new form of an event raises it, as a test of the
  /// forms demands.
  public static let currentForm = 2

  /// The form of the lines.
  public var form: Int
  /// The version of the program that wrote the log; another one may come to other states.
  public var program: String
  /// What was left out.
  public var redaction: Redaction
  /// What the client was started with.
  public var settings: ClientSettings
  /// Which key does what.
  public var keyMap: KeyMap
  /// How often Chat is asked.
  public var cadence: PollingCadence
  /// The size of the terminal before the first event.
  public var viewport: Viewport

  private enum CodingKeys: String, CodingKey {
    case form = "eventLog"
    case program = "confab"
    case redaction = "redacted"
    case settings
    case keyMap
    case cadence
    case viewport
  }

  /// The header of a log that begins at `state`, which no event has changed yet.
  public init(_ state: ClientState, program: String, redaction: Redaction) {
    form = Self.currentForm
    self.program = program
    self.redaction = redaction
    settings = state.settings
    keyMap = state.keyMap
    cadence = state.cadence
    viewport = state.viewport
  }

  /// The state before the first event.
  public var initialState: ClientState {
    ClientState(settings: settings, keyMap: keyMap, cadence: cadence, viewport: viewport)
  }
}
