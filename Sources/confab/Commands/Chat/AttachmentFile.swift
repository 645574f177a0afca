import ACSTypes
import ArgumentTable
import Glibc

/// Where an attachment is saved.
struct AttachmentFile: Hashable, Sendable {
  let path: String
  private let overwrites: Bool

  /// A file called `output`, as it was typed; `nil` for the attachment's own name in this folder.
  ///
  /// - Throws: ``ChatError`` with code 65 when it has no name that could be a file's.
  init(_ attachment: ChatAttachment, output: String?, overwrites: Bool) throws(ChatError) {
    self.overwrites = overwrites
    guard let name = output ?? AttachmentFile.name(of: attachment) else {
      throw ChatError(.badData, "The attachment has no name for a file; give one with --output.")
    }
    path = name
  }

  var isStandardOutput: Bool { path == "-" }

  /// The last part of a name that others chose: it stays in this folder, hides nothing and steers nothing.
  static func name(of attachment: ChatAttachment) -> String? {
    let told = attachment.name.flatMap { $0.isEmpty ? nil : $0 } ?? attachment.id
    let last = told.split { $0 == "/" || $0 == "\\" }.last ?? ""
    let visible = SafeText.line(String(last)).drop { $0 == "." || $0 == "-" || $0 == " " }
    // The longest name of Linux has 255 bytes.
    var name = String(visible)
    while name.utf8.count > 200 { name.removeLast() }
    return name.isEmpty ? nil : name
  }

  /// Whether it may be written, before anything is fetched.
  func check() throws(ChatError) {
    guard !isStandardOutput, !overwrites, access(path, F_OK) == 0 else { return }
    throw ChatError(
      .badData, "\(path) is there already; --force overwrites it, --output names another.")
  }

  /// Writes all or nothing.
  func write(_ bytes: [UInt8]) throws(ChatError) {
    // Through another file, so that what is there stays whole until all is written.
    let part = "\(path).part\(getpid())"
    let file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { throw failure(part) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    let isWritten = rest.isEmpty && close(file) == 0
    // A link fails where something is; a rename takes its place.
    guard isWritten, overwrites ? rename(part, path) == 0 : link(part, path) == 0 else {
      let failure = failure(path)
      unlink(part)
      throw failure
    }
    if !overwrites { unlink(part) }
  }

  private func failure(_ path: String) -> ChatError {
    let reason = errno == EEXIST ? "it is there already" : String(cString: strerror(errno))
    return ChatError(.badData, "\(path) cannot be written: \(reason)")
  }
}
