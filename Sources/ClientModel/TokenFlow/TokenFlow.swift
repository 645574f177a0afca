public import ACSTypes

/// The steps from the request to the token service to the first authorised chat request, newest last.
public struct TokenFlow: Hashable, Sendable {
  /// How many steps are kept.
  public static let limit = 60

  /// The steps.
  public private(set) var steps: [TokenFlowStep] = []

  /// No steps.
  public init() {}

  /// Adds a step, or replaces it when its end is told.
  mutating func record(_ step: TokenFlowStep) {
    if let index = steps.lastIndex(where: { $0.id == step.id }) {
      steps[index] = step
    } else {
      steps.append(step)
      if steps.count > TokenFlow.limit { steps.removeFirst() }
    }
  }
}
