public import ArgumentTable
public import ServiceAuth

extension ServiceAuthError {
  /// How a program ends that failed for this.
  public var exitCode: ExitCode {
    switch code {
    case .badConnectionString, .badKey, .badCertificate, .badEndpoint, .unusableFile,
      .missingCredential:
      .configuration
    case .exposedFile, .refused: .notPermitted
    case .conflictingOptions: .usage
    case .unavailable, .noIdentity, .cancelled: .unavailable
    case .libraryFailed: .internal
    }
  }
}
