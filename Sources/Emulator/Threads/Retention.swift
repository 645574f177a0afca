import ACSWire

extension Exchange {
  /// True when its api-version has metadata of threads and participants, and retention.
  var hasThreadMetadata: Bool { version(of: .chat) >= "2025-03-15" }
}

extension RetentionPolicyModel {
  /// The policy of a thread that is deleted `days` after its creation, or never for 0.
  init(days: Int64) {
    self.init(
      kind: days > 0 ? "threadCreationDate" : "none",
      deleteThreadAfterDays: days > 0 ? Int(days) : nil)
  }

  /// After how many days from its creation the thread is to be deleted; 0 is never (WIRE 4.5).
  var days: Int64 {
    get throws(Refusal) {
      switch kind {
      case "none": return 0
      case "threadCreationDate":
        guard let days = deleteThreadAfterDays, (30...90).contains(days) else {
          throw Refusal(
            400, "BadRequest", "Value for DeleteThreadAfterDays is not valid.",
            target: "retentionPolicy.deleteThreadAfterDays",
            why: "deleteThreadAfterDays should be from 30 to 90.")
        }
        return Int64(days)
      default:
        throw Refusal(
          400, "BadRequest", "Value for Kind (\(kind)) is not valid.",
          target: "retentionPolicy.kind",
          why: "retentionPolicy.kind should be none or threadCreationDate.")
      }
    }
  }
}
