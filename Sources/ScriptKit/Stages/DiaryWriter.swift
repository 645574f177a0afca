import ACSTypes
public import ClientModel

/// Turns what happens to a client into the words of its diary.
///
/// It needs what a recording has, and nothing else: so it writes the same whichever way a client runs.
public struct DiaryWriter: Sendable {
  private var actions: [EffectID: Effect.Action] = [:]
  private var hasToken = false
  private var notice: Notice?

  /// A writer at the start of a client.
  public init() {}

  /// Writes down what `events` were, and what the client asked for because of them.
  ///
  /// - Parameters:
  ///   - events: What happened, in order.
  ///   - effects: What was asked for.
  ///   - state: What the client knows after it.
  ///   - order: Tells it from what else is written down of the same moment.
  ///   - diary: Takes it.
  public mutating func write(
    _ events: [Event], _ effects: [Effect], _ state: ClientState, order: Int = 0,
    to diary: inout Diary
  ) {
    for event in events {
      guard let (name, detail) = words(for: event) else { continue }
      diary.add(.init(at: state.now, order: order, name: name, detail: detail))
    }
    for effect in effects {
      switch effect.action {
      case .ring: diary.add(.init(at: state.now, order: order, name: "bell.rang", detail: ""))
      case .quit: diary.add(.init(at: state.now, order: order, name: "client.left", detail: ""))
      case .cancel(let id): actions[id] = nil
      default: actions[effect.id] = effect.action
      }
    }
    if let shown = state.notice, shown != notice {
      switch shown.message {
      case .information(let text):
        diary.add(notice: .init(at: state.now, order: order, name: "information", detail: text))
      case .failure(let text):
        diary.add(notice: .init(at: state.now, order: order, name: "failure", detail: text))
      }
    }
    notice = state.notice
  }

  private mutating func words(for event: Event) -> (String, String)? {
    switch event {
    case .finished(let id, let result):
      guard let action = actions.removeValue(forKey: id) else { return nil }
      return HappeningName.words(action, result, hasToken: &hasToken)
    default: return HappeningName.words(event)
    }
  }
}
