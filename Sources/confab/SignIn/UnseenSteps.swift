import ACSTypes
import Services

/// Steps of the token flow that nobody watches.
struct UnseenSteps: TokenFlowObserver {
  func record(_ step: TokenFlowStep) {}
}
