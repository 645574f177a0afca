import ACSTypes
import SQLiteDatabase
import Services
import Synchronization

/// What becomes of a request at once.
public enum EmulatorAnswer: Sendable {
  /// Its answer.
  case now(EmulatorReply)
  /// It was done; its answer waits for ``Emulator/commit()``.
  case later(OwedReply)
}

extension Emulator {
  /// Brings what was written to the disk and gives the answers that wait for it, until none does.
  ///
  /// Blocks for the disk's sake, while other requests go on; a second caller waits for the first.
  public func commit() {
    committing.withLock { _ in
      while commitBatch() {}
    }
  }

  /// Commits what was done and leaves no log of changes beside the file, by which the next start knows a clean end.
  public func settle() {
    commit()
    // Where that fails, the log has everything, and the next start takes it.
    core.withLock { core in try? core.store.settle() }
  }

  /// Commits what was done so far.
  ///
  /// - Returns: True when more was done meanwhile.
  private func commitBatch() -> Bool {
    let begun = core.withLock { core -> Batch? in
      core.store.countWrites()
      guard let log = core.store.log, core.store.written > core.outbox.synced else { return nil }
      let number = core.store.written
      return Batch(
        number: number, log: log,
        outcome: Result { () throws(StoreError) in try core.store.commitBatch() })
    }
    guard let begun else { return false }
    let outcome = begun.outcome.flatMap { Result { () throws(StoreError) in try begun.log.sync() } }
    let (due, isLeft) = withCore { core -> ([Outbox.Entry], Bool) in
      let due = core.outbox.take(upTo: begun.number)
      if case .success = outcome {
        for entry in due { core.tell(entry.reply, now: entry.now, post: entry.post) }
      }
      return (due, !core.outbox.isEmpty)
    }
    for entry in due {
      var reply = entry.reply
      if case .failure(let error) = outcome {
        reply = EmulatorReply(
          response: HTTPResponse(Refusal(error), plane: entry.plane), deliveries: [])
      }
      reply.complete()
      entry.owed.give(reply)
    }
    return isLeft
  }

  /// Writes on their way to the disk.
  private struct Batch {
    let number: Int
    let log: WriteAheadLog
    /// Whether they were committed.
    let outcome: Result<Void, StoreError>
  }
}

extension Core {
  /// Tells clients and web hooks what a request did that is on the disk.
  mutating func tell(
    _ reply: EmulatorReply, now: Timestamp, post: ([WebhookDelivery]) -> Void
  ) {
    for event in reply.events { publish(event, now: now) }
    if !reply.deliveries.isEmpty { post(reply.deliveries) }
  }
}
