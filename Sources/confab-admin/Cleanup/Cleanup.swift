import ACSTypes
import ACSWire

/// The deletion of what this machine made at one resource.
struct Cleanup: Sendable {
  /// Those of the resource.
  let identities: [MadeIdentity]
  /// Those of other resources, which its credential cannot delete.
  let others: [MadeIdentity]

  init(_ made: [MadeIdentity], of resource: Resource) {
    identities = made.filter { $0.endpoint == resource.endpoint }
    others = made.filter { $0.endpoint != resource.endpoint }
  }

  /// Deletes each; one that the service no longer knows is as good as deleted.
  func run(_ resource: Resource) async throws -> CleanupReport {
    var gone: [CommunicationIdentifier] = []
    let batch = try await IdentityBatch.run(
      identities.map { CommunicationIdentifier(rawID: $0.id) }
    ) { identity in
      do {
        try await resource.delete(identity)
      } catch let error as ServiceError where error.meansUnknownIdentity {
        try resource.forget(identity)
        gone.append(identity)
      }
    }
    return CleanupReport(batch: batch, gone: gone)
  }

  /// Tells on standard error what is left alone.
  func mentionOthers(to output: Output) {
    guard !others.isEmpty else { return }
    let endpoints = Set(others.map(\.endpoint)).sorted().joined(separator: " and ")
    output.mention(
      "confab: left alone, for its credential is another: \(Cleanup.count(others)) of \(endpoints)")
  }

  /// Prints all that is remembered.
  static func list(_ made: [MadeIdentity], to output: Output) {
    for line in lines(made) { output.say(line) }
    if made.isEmpty { output.say("This machine made no identity that may still be there.") }
    output.say(
      json: [
        "identities": .array(
          made.map { one in
            [
              "id": .string(one.id), "endpoint": .string(one.endpoint),
              "madeOn": .string(one.madeOn.iso8601), "by": .string(one.purpose),
            ]
          })
      ])
  }

  /// A line for each.
  static func lines(_ made: [MadeIdentity]) -> [String] {
    made.map { "\($0.id)  \($0.endpoint)  \($0.madeOn.iso8601)  confab \($0.purpose)" }
  }

  /// `1 identity`, `3 identities`.
  static func count(_ made: [MadeIdentity]) -> String {
    made.count == 1 ? "1 identity" : "\(made.count) identities"
  }
}
