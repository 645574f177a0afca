import ACSTypes
import Executor
import Services
import Synchronization

/// Tells at the prompt what somebody has to do in a browser, on standard error: standard output is for the answer.
final class TerminalPrompter: SignInPrompter {
  private let shown = Mutex<SignInPrompt?>(nil)

  func show(_ prompt: SignInPrompt?) {
    let isNew = shown.withLock { shown in
      defer { shown = prompt }
      return shown != prompt
    }
    guard isNew, let prompt else { return }
    let minutes = max(1, (prompt.expiresOn - SystemClock().now).components.seconds / 60)
    Program.tell(
      """
      To sign in, open this page in a browser, on any device:

          \(prompt.verificationURL)

      and enter the code

          \(prompt.userCode)

      Waiting, for at most \(minutes) min. Ctrl-C gives up.

      """)
  }
}
