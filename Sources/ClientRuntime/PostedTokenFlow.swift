public import ACSTypes
import ClientModel
public import Services

/// Passes the steps of the token flow on to the loop, and what somebody has to do for it.
public struct PostedTokenFlow: TokenFlowObserver, SignInPrompter {
  private let mailbox: Mailbox

  /// An observer that posts to `mailbox`.
  public init(mailbox: Mailbox) {
    self.mailbox = mailbox
  }

  /// Posts the step.
  public func record(_ step: TokenFlowStep) {
    mailbox.post(.tokenFlowed(step))
  }

  /// Posts the prompt.
  public func show(_ prompt: SignInPrompt?) {
    mailbox.post(.signInPrompted(prompt))
  }
}
