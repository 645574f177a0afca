import CWslay

/// One side of a WebSocket as a machine: bytes of the peer in, messages and bytes for the peer out.
///
/// Answers pings and the peer's close by itself. Belongs to one thread.
final class FrameSession {
  /// Which side this is; a client masks what it sends.
  enum Role {
    case client
    case server
  }

  /// How the WebSocket ended.
  enum End: Equatable {
    /// After both sides said that they close.
    case closed
    /// After the peer broke the protocol, or closed because of a fault; the text says how.
    case broken(String)
  }

  /// Messages that arrived and were not taken.
  private(set) var messages: [String] = []
  /// Bytes for the peer; those before ``written`` are gone.
  private(set) var outgoing: [UInt8] = []
  private(set) var written = 0
  /// Bytes that were ever made for the peer.
  private(set) var produced = 0

  private var context: wslay_event_context_ptr?
  private var input = UnsafeRawBufferPointer(start: nil, count: 0)
  private var sawBinary = false

  /// A session after the handshake; messages longer than `maximumMessage` bytes break it.
  init(role: Role, maximumMessage: Int) {
    var callbacks = wslay_event_callbacks()
    callbacks.recv_callback = takeInput
    callbacks.send_callback = appendOutgoing
    callbacks.genmask_callback = fillMask
    callbacks.on_msg_recv_callback = messageArrived
    let me = Unmanaged.passUnretained(self).toOpaque()
    let status =
      switch role {
      case .client: wslay_event_context_client_init(&context, &callbacks, me)
      case .server: wslay_event_context_server_init(&context, &callbacks, me)
      }
    precondition(status == 0, "wslay gave no context: \(status)")
    wslay_event_config_set_max_recv_msg_length(context, UInt64(maximumMessage))
  }

  deinit {
    wslay_event_context_free(context)
  }

  /// Reads `bytes` from the peer; the answers that they call for are in ``outgoing`` afterwards.
  func received(_ bytes: UnsafeRawBufferPointer) {
    input = bytes
    let status = wslay_event_recv(context)
    input = UnsafeRawBufferPointer(start: nil, count: 0)
    if status != 0 { close(code: 1002) }
    produce()
  }

  /// Queues a text message; nothing happens after a close.
  ///
  /// - Returns: False when the session no longer sends.
  func send(_ text: String) -> Bool {
    var text = text
    let status = text.withUTF8 { bytes in
      var message = wslay_event_msg(
        opcode: UInt8(WSLAY_TEXT_FRAME.rawValue), msg: bytes.baseAddress, msg_length: bytes.count)
      return wslay_event_queue_msg(context, &message)
    }
    produce()
    return status == 0
  }

  /// Says that this side closes; a second call does nothing.
  func close(code: UInt16) {
    wslay_event_queue_close(context, code, nil, 0)
    produce()
  }

  /// Takes the messages that arrived.
  func takeMessages() -> [String] {
    defer { messages.removeAll() }
    return messages
  }

  /// The first `count` of the unwritten bytes reached the socket.
  func wrote(_ count: Int) {
    written += count
    if written == outgoing.count {
      outgoing.removeAll(keepingCapacity: outgoing.capacity <= 65_536)
      written = 0
    } else if written > 65_536, written > outgoing.count / 2 {
      // A peer that never catches up must not make it grow.
      outgoing.removeFirst(written)
      written = 0
    }
  }

  /// How it ended; `nil` while it goes on.
  var end: End? {
    if wslay_event_get_close_received(context) != 0 {
      guard wslay_event_get_close_sent(context) != 0 else { return nil }
      let code = wslay_event_get_status_code_received(context)
      // 1000: done; 1001: goes away; 1005: said nothing.
      return [0, 1000, 1001, 1005].contains(code)
        ? .closed : .broken("the peer closed it with status \(code)")
    }
    guard wslay_event_get_read_enabled(context) == 0 else { return nil }
    if sawBinary { return .broken("the peer sent a binary message, which is not understood here") }
    switch Int(wslay_event_get_status_code_sent(context)) {
    case 1007: return .broken("the peer sent text that is not UTF-8")
    case 1009: return .broken("the peer sent a message that is too long")
    default: return .broken("the peer broke the WebSocket protocol")
    }
  }

  private func produce() {
    while wslay_event_want_write(context) != 0, wslay_event_send(context) == 0 {}
  }

  // MARK: What wslay calls

  fileprivate func copyInput(to target: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(target.count, input.count)
    guard count > 0 else { return 0 }
    target.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
    input = UnsafeRawBufferPointer(rebasing: input[count...])
    return count
  }

  fileprivate func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    outgoing.append(contentsOf: bytes)
    produced += bytes.count
  }

  fileprivate func arrived(_ message: wslay_event_on_msg_recv_arg) {
    switch UInt32(message.opcode) {
    case WSLAY_TEXT_FRAME.rawValue:
      let bytes = UnsafeBufferPointer(start: message.msg, count: message.msg_length)
      messages.append(String(decoding: bytes, as: UTF8.self))
    case WSLAY_BINARY_FRAME.rawValue:
      sawBinary = true
      wslay_event_queue_close(context, 1003, nil, 0)
      wslay_event_shutdown_read(context)
    default:
      break
    }
  }
}

private func session(_ pointer: UnsafeMutableRawPointer?) -> FrameSession? {
  pointer.map { Unmanaged<FrameSession>.fromOpaque($0).takeUnretainedValue() }
}

private func takeInput(
  context: wslay_event_context_ptr?, buffer: UnsafeMutablePointer<UInt8>?, length: Int,
  flags: Int32, me: UnsafeMutableRawPointer?
) -> Int {
  let target = UnsafeMutableRawBufferPointer(start: buffer, count: length)
  let count = session(me)?.copyInput(to: target) ?? 0
  guard count == 0 else { return count }
  wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK.rawValue)
  return -1
}

private func appendOutgoing(
  context: wslay_event_context_ptr?, bytes: UnsafePointer<UInt8>?, length: Int, flags: Int32,
  me: UnsafeMutableRawPointer?
) -> Int {
  session(me)?.append(UnsafeBufferPointer(start: bytes, count: length))
  return length
}

private func fillMask(
  context: wslay_event_context_ptr?, buffer: UnsafeMutablePointer<UInt8>?, length: Int,
  me: UnsafeMutableRawPointer?
) -> Int32 {
  var generator = SystemRandomNumberGenerator()
  for index in 0..<length { buffer?[index] = generator.next() }
  return 0
}

private func messageArrived(
  context: wslay_event_context_ptr?, message: UnsafePointer<wslay_event_on_msg_recv_arg>?,
  me: UnsafeMutableRawPointer?
) {
  guard let message else { return }
  session(me)?.arrived(message.pointee)
}
