import ACSTypes
import Services
import Synchronization

/// The credential in use, which may be exchanged for another; requests that are signed already keep theirs.
final class CredentialSwitch: RequestAuthoriser {
  private let current: Mutex<any RequestAuthoriser>

  init(_ authoriser: any RequestAuthoriser) {
    current = Mutex(authoriser)
  }

  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
    let authoriser = current.withLock { $0 }
    return try await authoriser.authorise(request)
  }

  func refused(_ request: HTTPRequest) async -> Bool {
    await current.withLock { $0 }.refused(request)
  }

  func exchange(for authoriser: any RequestAuthoriser) {
    current.withLock { $0 = authoriser }
  }
}
