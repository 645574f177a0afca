import ACSTypes
import Synchronization
import Testing
import TestKit

@testable import ServiceAuth

/// A source that plays outcomes in their order, and the last one for ever.
final class PlayedSource: EntraTokenSource {
  let name: String
  private let outcomes: Mutex<[Result<EntraToken, ServiceAuthError>]>
  private let counter = Mutex(0)

  init(_ name: String, _ outcomes: Result<EntraToken, ServiceAuthError>...) {
    self.name = name
    self.outcomes = Mutex(outcomes)
  }

  /// How often it was asked.
  var count: Int { counter.withLock { $0 } }

  func token() async throws(ServiceAuthError) -> EntraToken {
    counter.withLock { $0 += 1 }
    let outcome = outcomes.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    return try outcome.get()
  }
}

struct SourceChainTests {
  static let token = EntraToken(token: Secret("t"), expiresOn: Timestamp(seconds: 4_000_000_000))
  let absent = PlayedSource("one", .failure(ServiceAuthError(.missingCredential, "X is not set.")))
  let none = PlayedSource("two", .failure(ServiceAuthError(.noIdentity, "Nothing answers.")))

  @Test("the first source with an identity gives the token, and is kept to")
  func first() async throws {
    let good = PlayedSource("three", .success(SourceChainTests.token))
    let last = PlayedSource("four", .success(SourceChainTests.token))
    let chain = SourceChain([absent, none, good, last])
    #expect(chain.name == "the default chain")
    _ = try await chain.token()
    _ = try await chain.token()
    #expect(chain.name == "three")
    #expect([absent.count, none.count, good.count, last.count] == [1, 1, 2, 0])
  }

  @Test("when none has one, the error tells each and why")
  func noneAtAll() async {
    #expect(
      await failure(of: SourceChain([absent, none]))
        == ServiceAuthError(
          .noIdentity,
          """
          No managed identity was found. Tried in this order:
            one: X is not set.
            two: Nothing answers.
          Set one of them up, or use an access key.
          """))
  }

  @Test("a source that is set up and refused ends the search")
  func refused() async {
    let bad = PlayedSource("three", .failure(ServiceAuthError(.refused, "Wrong secret.")))
    let last = PlayedSource("four", .success(SourceChainTests.token))
    #expect(
      await failure(of: SourceChain([absent, bad, last]))
        == ServiceAuthError(
          .refused,
          """
          The managed identity that is set up gave no token. Tried in this order:
            one: X is not set.
            three: Wrong secret.
          Mend the last one; those behind it were not tried.
          """))
    #expect(last.count == 0)
  }

  @Test("a chain that found nothing searches again the next time")
  func again() async throws {
    let late = PlayedSource(
      "late", .failure(ServiceAuthError(.noIdentity, "Not yet.")), .success(SourceChainTests.token))
    let chain = SourceChain([absent, late])
    #expect(await failure(of: chain)?.code == .noIdentity)
    _ = try await chain.token()
    #expect(absent.count == 2)
  }
}
