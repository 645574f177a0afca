public import ACSTypes
import ACSWire
import Services

extension ServiceError {
  /// What any error means that stopped a request: the transport's, the reader's, a cancelled task's.
  ///
  /// - Parameters:
  ///   - error: An error that is a `ServiceError` already stays as it is.
  ///   - action: What was tried, `sending the message`; the message begins with it.
  public init(_ error: any Error, during action: String) {
    switch error {
    case let error as ServiceError:
      self = error
    case let error as TransportError:
      self.init(
        ServiceError.code(error.code), "Failed \(action): \(error.message)", status: error.status,
        isUncertain: error.code == .interrupted)
    case let error as WireError:
      self.init(error, during: action)
    case is CancellationError:
      self.init(.cancelled, "Failed \(action): it was cancelled.")
    default:
      self.init(.badAnswer, "Failed \(action): \(error)")
    }
  }

  private static func code(_ code: TransportError.Code) -> Code {
    switch code {
    case .badURL: .refused
    case .cannotResolve, .cannotConnect, .interrupted, .libraryMissing: .unreachable
    case .certificateRefused: .certificateRefused
    case .timedOut: .timedOut
    case .tooLarge: .badAnswer
    case .cancelled: .cancelled
    }
  }
}
