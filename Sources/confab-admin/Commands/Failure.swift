import ACSAuth
import ACSTypes
import ArgumentTable
import CredentialOptions
import ServerProgram
import ServiceAuth

/// What any error means to who typed the command: words, and the program's exit code.
struct Failure: Equatable {
  let message: String
  let exitCode: ExitCode

  /// The meaning of `error`.
  init(_ error: any Error) {
    switch error {
    case let error as ServiceError:
      message = Failure.words(error)
      exitCode = Failure.exitCode(error)
    case let error as ServiceAuthError:
      message = error.message
      exitCode = error.exitCode
    case let error as CommandError:
      message = error.message
      exitCode = error.exitCode
    default:
      message = "\(error)"
      exitCode = .internal
    }
  }

  /// The error's message, and how long the service asks to wait.
  static func words(_ error: ServiceError) -> String {
    guard let wait = error.retryAfter else { return error.message }
    return "\(error.message) Try again in \(wait.words)."
  }

  private static func exitCode(_ error: ServiceError) -> ExitCode {
    switch error.code {
    case .unauthenticated, .forbidden, .credentialRefused: .notPermitted
    case .refused, .notFound, .badAnswer: .badData
    case .badSettings: .configuration
    case .unreachable, .timedOut, .certificateRefused, .serviceFailed, .throttled,
      .credentialUnavailable, .cancelled:
      .unavailable
    default: .internal
    }
  }
}
