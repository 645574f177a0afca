import ACSTypes
import ACSWire
import ArgumentTable

/// One thing done to several identities, each on its own.
///
/// One that the service refuses does not keep the others from it; a failure that would meet them all, such as a key that
/// is not taken, ends the batch.
struct IdentityBatch: Sendable {
  /// An identity to which it was not done, and why.
  struct Refusal: Equatable, Sendable {
    let identity: CommunicationIdentifier
    let error: ServiceError
  }

  /// To which it was done.
  private(set) var done: [CommunicationIdentifier] = []
  /// To which it was not done.
  private(set) var refused: [Refusal] = []
  /// Which were not tried after the last refusal.
  private(set) var left: [CommunicationIdentifier] = []

  /// Does `action` to each of `identities`, one after the other.
  static func run(
    _ identities: [CommunicationIdentifier],
    _ action: (CommunicationIdentifier) async throws -> Void
  ) async throws -> IdentityBatch {
    var batch = IdentityBatch()
    for (index, identity) in identities.enumerated() {
      do {
        try await action(identity)
        batch.done.append(identity)
      } catch let error as ServiceError {
        batch.refused.append(Refusal(identity: identity, error: error))
        guard error.isAboutTheIdentity else {
          batch.left = Array(identities[(index + 1)...])
          break
        }
      }
    }
    return batch
  }

  /// Prints what became of each; `verb` is a past participle, `deleted`.
  func report(_ verb: String, to output: Output) -> ExitCode {
    for identity in done { output.say("\(verb) \(identity.rawID)") }
    output.say(
      json: .object(
        JSONObject([
          (verb, .array(done.map { .string($0.rawID) })), ("failed", refusals),
          ("notTried", .array(left.map { .string($0.rawID) })),
        ])))
    return complain(verb, to: output)
  }

  /// Tells to which it was not done, and how the program ends for that.
  func complain(_ verb: String, to output: Output) -> ExitCode {
    for refusal in refused {
      output.complain(
        "confab: \(refusal.identity.rawID) was not \(verb). \(Failure.words(refusal.error))")
    }
    if !left.isEmpty {
      output.complain(
        "confab: not tried after that: \(left.map(\.rawID).joined(separator: " "))")
    }
    return refused.last.map { Failure($0.error).exitCode } ?? .done
  }

  /// The refusals for programs.
  var refusals: JSONValue {
    .array(
      refused.map { refusal in
        var members = JSONObject([
          ("id", .string(refusal.identity.rawID)), ("message", .string(refusal.error.message)),
        ])
        members["status"] = refusal.error.status.map { .integer(Int64($0)) }
        members["code"] = refusal.error.serviceCode.map { .string($0) }
        return .object(members)
      })
  }
}

extension ServiceError {
  /// True when the service refused for the identity's sake, so that it may well do the same for another one.
  var isAboutTheIdentity: Bool {
    meansUnknownIdentity || code == .refused
  }

  /// True when the same request may well be taken a moment later.
  var isPassing: Bool {
    [.unreachable, .timedOut, .serviceFailed, .throttled].contains(code)
  }

  /// True when the service does not know the identity: it was deleted, or never was the resource's.
  var meansUnknownIdentity: Bool {
    serviceCode == "IdentityNotOwned" || code == .notFound
  }
}
