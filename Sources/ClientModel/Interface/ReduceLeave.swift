import ACSTypes

/// Leaving: what the person wrote is on the disk first.
extension ClientState {
  /// The disk has this long; what it did not take by then is lost.
  private static let leavePatience = Duration.seconds(1)

  mutating func leave(_ turn: Turn) {
    keepDraft()
    // Whoever asks twice does not wait.
    leavesOn = leavesOn == nil ? turn.now + ClientState.leavePatience : turn.now
  }

  /// Ends the client once all that was to be kept is kept.
  mutating func leaveWhenSaved(_ turn: inout Turn) {
    guard let leavesOn else { return }
    let isSaved = !unsaved.isSaving && unsaved.changes.isEmpty && unsaved.threads.isEmpty
    guard isSaved || leavesOn <= turn.now || !kept.isOpen else { return }
    self.leavesOn = nil
    turn.tell(.quit, in: &self)
  }
}
