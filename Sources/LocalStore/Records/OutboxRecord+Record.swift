import ACSTypes
import Services

extension OutboxRecord {
  /// All but the client's id and the moment of writing, which have columns of their own.
  var record: [UInt8] {
    var record = RecordWriter()
    record.put(thread.rawValue)
    switch intent {
    case .send(let text):
      record.put(0)
      record.put(text)
    case .edit(let id, let text):
      record.put(1)
      record.put(id.rawValue)
      record.put(text)
    case .delete(let id):
      record.put(2)
      record.put(id.rawValue)
    }
    switch state {
    case .queued: record.put(0)
    case .unsettled: record.put(1)
    case .failed(let reason):
      record.put(2)
      record.put(reason)
    }
    record.put(attempts)
    return record.bytes
  }

  /// Reads a record.
  init(clientID: String, writtenOn: Timestamp, record: [UInt8]) throws(StoreError) {
    var record = RecordReader(record)
    self.init(
      clientID: clientID, thread: ChatThreadID(try record.text()), intent: try record.intent(),
      writtenOn: writtenOn, state: try record.state(),
      attempts: Int(truncatingIfNeeded: try record.number()))
  }
}

extension RecordReader {
  fileprivate mutating func intent() throws(StoreError) -> OutboxRecord.Intent {
    switch try number() {
    case 0: .send(text: try text())
    case 1: .edit(ChatMessageID(try text()), text: try text())
    case 2: .delete(ChatMessageID(try text()))
    default: throw RecordReader.damaged
    }
  }

  fileprivate mutating func state() throws(StoreError) -> OutboxRecord.State {
    switch try number() {
    case 0: .queued
    case 1: .unsettled
    case 2: .failed(reason: try text())
    default: throw RecordReader.damaged
    }
  }
}
