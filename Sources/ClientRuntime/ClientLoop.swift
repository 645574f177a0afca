public import ACSTypes
public import Cells
public import ClientModel
public import Phrases
public import Services
public import Views

/// The client without a terminal: events in, frames and effects out, one step at a time.
///
/// It owns the state; whoever calls ``step(_:now:)`` owns time, input and effects.
public struct ClientLoop {
  /// What one step asks for.
  public struct Outcome {
    /// What to show.
    public let frame: Frame
    /// What to do, in order.
    public let effects: [Effect]
    /// When to step again at the latest; `nil` when only events matter.
    public let nextDeadline: Timestamp?
  }

  /// The state after the last step.
  public private(set) var state: ClientState
  private let theme: Theme
  private let phrases: Phrases
  private let random: any RandomSource
  private var recorder: (any OccurrenceRecorder)?
  private var rendered: RenderedFrame?

  /// A loop before its first event; `recorder` is told of every event.
  public init(
    state: ClientState, theme: Theme, phrases: Phrases, random: any RandomSource,
    recorder: (any OccurrenceRecorder)? = nil
  ) {
    self.state = state
    self.theme = theme
    self.phrases = phrases
    self.random = random
    self.recorder = recorder
  }

  /// Reduces the events in their order, adds the clock's when it is due, and draws once.
  public mutating func step(_ events: [Event], now: Timestamp) -> Outcome {
    let effects = reduce(events, now: now)
    return Outcome(frame: draw(), effects: effects, nextDeadline: state.nextDeadline)
  }

  /// Reduces the events in their order, adds the clock's when it is due, and draws nothing.
  ///
  /// - Returns: What to do, in order; the state tells when to step again.
  public mutating func reduce(_ events: [Event], now: Timestamp) -> [Effect] {
    var effects: [Effect] = []
    for event in events { effects += take(event, now: now) }
    if let deadline = state.nextDeadline, deadline <= now {
      effects += take(.clockAdvanced, now: now)
    }
    return effects
  }

  /// What to show now.
  public mutating func draw() -> Frame {
    let rendered = render(state, theme: theme, phrases: phrases, reusing: rendered)
    self.rendered = rendered
    return rendered.frame
  }

  private mutating func take(_ event: Event, now: Timestamp) -> [Effect] {
    let occurrence = Occurrence(now: now, entropy: random.next(), event: event)
    let problem = recorder?.record(occurrence, in: state)
    let effects = ClientModel.reduce(into: &state, occurrence)
    guard let problem else { return effects }
    recorder = nil
    return effects + take(.recordingEnded(problem), now: now)
  }
}
