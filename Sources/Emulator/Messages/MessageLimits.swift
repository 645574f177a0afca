import ACSWire

/// How large a message may be (WIRE 4.5).
enum MessageLimits {
  /// Bytes of UTF-8; the service says about 28 KB.
  static let content = 28 * 1024

  /// Refuses a text that is too long.
  static func check(_ content: String) throws(Refusal) {
    let count = content.utf8.count
    guard count <= MessageLimits.content else {
      throw Refusal(
        413, "RequestEntityTooLarge", "The message is too large.",
        why: "The content has \(count) bytes; a message may have \(MessageLimits.content).")
    }
  }
}
