import ACSTypes
public import Services

/// The account with which a person is signed in to the Azure CLI; for development.
public struct AzureCLI: EntraTokenSource {
  /// What people call it.
  public let name = "Azure CLI"
  private let programs: any ProgramRunner
  private let clock: any WallClock

  /// The account of the program `az`.
  public init(programs: any ProgramRunner, clock: any WallClock) {
    self.programs = programs
    self.clock = clock
  }

  /// Runs `az account get-access-token`.
  public func token() async throws(ServiceAuthError) -> EntraToken {
    let call = ProgramCall(
      "az",
      [
        "account", "get-access-token", "--output", "json", "--resource", EntraAudience.resource,
      ], timeout: .seconds(15))
    let result: ProgramResult
    do throws(ProgramError) {
      result = try await programs.run(call)
    } catch {
      switch error.code {
      case .notFound:
        throw ServiceAuthError(.missingCredential, "The Azure CLI (az) is not installed.")
      case .cancelled: throw .cancelled
      default: throw ServiceAuthError(.unavailable, "The Azure CLI failed: \(error.message)")
      }
    }
    guard result.exitCode == 0 else { throw failure(result) }
    guard let token = EntraToken(answer: result.output, now: clock.now) else {
      throw ServiceAuthError(
        .unavailable, "The Azure CLI gave no token that tells its end; update it to 2.54 or newer.")
    }
    return token
  }

  /// Standard error alone is told: standard output may hold a token.
  private func failure(_ result: ProgramResult) -> ServiceAuthError {
    let text = String(decoding: result.errorOutput, as: UTF8.self)
    if text.contains("az login") || text.contains("az account set") {
      return ServiceAuthError(
        .missingCredential, "Nobody is signed in to the Azure CLI; type: az login")
    }
    let line = text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(300)) }
    return ServiceAuthError(
      .refused, "The Azure CLI failed with \(result.exitCode): \(line ?? "it gave no reason.")")
  }
}
