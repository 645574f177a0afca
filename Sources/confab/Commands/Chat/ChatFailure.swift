import ACSTypes
import ArgumentTable
import Configuration
import Services

/// What any error means to who typed the command: words with what to do next, and the program's exit code.
struct ChatFailure: Equatable {
  let message: String
  let exitCode: ExitCode

  /// The meaning of `error`.
  init(_ error: any Error) {
    switch error {
    case let error as CommandError:
      message = error.message
      exitCode = error.exitCode
    case let error as ServiceError:
      message = error.message + ChatFailure.remedy(error)
      exitCode = ChatFailure.exitCode(error)
    case let error as ConfigurationError:
      message = "\(error)"
      exitCode = .configuration
    case let error as StoreError:
      message = error.message
      exitCode = .internal
    default:
      message = "\(error)"
      exitCode = .internal
    }
  }

  private static func exitCode(_ error: ServiceError) -> ExitCode {
    switch error.code {
    case .unauthenticated, .forbidden, .authFailed, .signInNeeded: .notPermitted
    case .refused, .notFound, .badAnswer: .badData
    case .badSettings: .configuration
    case .storeFailed: .internal
    case .throttled: .tryLater
    default: .unavailable
    }
  }

  private static func remedy(_ error: ServiceError) -> String {
    switch error.code {
    case .signInNeeded where !error.message.contains("confab login"):
      " Sign in with `confab login`."
    case .unreachable, .timedOut:
      " Check that the addresses in the config file are right and their services run; nothing was changed here."
    case .throttled:
      error.retryAfter.map {
        " Try again in \(max(1, $0.secondsRoundedUp)) s."
      } ?? " Try again later."
    case .unauthenticated, .authFailed: " `confab token fetch` shows where signing in fails."
    default: ""
    }
  }
}
