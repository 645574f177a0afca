import ACSTypes
import ACSWire
import ArgumentTable

/// What became of the identities that were to be cleaned up.
struct CleanupReport: Sendable {
  var batch = IdentityBatch()
  /// Those of the batch that the service did not know any more.
  var gone: [CommunicationIdentifier] = []

  private var deleted: [CommunicationIdentifier] { batch.done.filter { !gone.contains($0) } }

  /// Prints each; returns how the program ends.
  func print(to output: Output) -> ExitCode {
    for identity in deleted { output.say("deleted \(identity.rawID)") }
    for identity in gone { output.say("was gone already \(identity.rawID)") }
    output.say(json: json)
    return batch.complain("deleted", to: output)
  }

  /// The same for programs.
  var json: JSONValue {
    [
      "deleted": .array(deleted.map { .string($0.rawID) }),
      "goneAlready": .array(gone.map { .string($0.rawID) }), "failed": batch.refusals,
      "notTried": .array(batch.left.map { .string($0.rawID) }),
    ]
  }
}
