import ACSTypes
import CMicrohttpd
import Executor

/// The body of an answer that ends too early, at once or after a silence.
///
/// Belongs to that thread of libmicrohttpd's which has the connection.
final class BrokenBody {
  private let bytes: [UInt8]
  private let limit: Int
  private let silence: Duration
  private let connection: OpaquePointer
  private let traffic: Traffic
  /// After the silence began.
  private var pause: PendingReply?

  init(
    _ bytes: [UInt8], limit: Int?, silence: Duration, on connection: OpaquePointer,
    traffic: Traffic
  ) {
    self.bytes = bytes
    // All of it would be a good answer.
    self.limit = min(limit ?? bytes.count / 2, bytes.count - 1)
    self.silence = silence
    self.connection = connection
    self.traffic = traffic
  }

  /// Queues the answer, its length as if the body came whole.
  ///
  /// - Returns: False when the connection must be dropped.
  func queue(as response: HTTPResponse) -> Bool {
    let context = Unmanaged.passRetained(self).toOpaque()
    guard
      let answer = MHD_create_response_from_callback(
        UInt64(bytes.count), 4096, readBrokenBody, context, freeBrokenBody)
    else {
      Unmanaged<BrokenBody>.fromOpaque(context).release()
      return false
    }
    defer { MHD_destroy_response(answer) }
    for field in response.headers.fields {
      _ = MHD_add_response_header(answer, field.name, field.value)
    }
    return MHD_queue_response(connection, UInt32(clamping: response.status), answer) == .YES
  }

  fileprivate func read(at position: Int, into target: UnsafeMutableRawBufferPointer) -> Int {
    guard position >= limit else {
      let count = min(target.count, limit - position)
      target.copyBytes(from: bytes[position..<position + count])
      return count
    }
    if silence > .zero, pause == nil {
      pause = Pause.begin(on: connection, traffic: traffic, silence, nil)
      return 0
    }
    return cmicrohttpd_end_with_error
  }
}

/// A time in which a connection sleeps.
enum Pause {
  /// Puts a connection to sleep, and wakes it with `answer` when the time is over, or the server stops.
  ///
  /// Without an answer it only wakes, in the middle of one.
  static func begin(
    on connection: OpaquePointer, traffic: Traffic, _ duration: Duration, _ answer: HTTPServerReply?
  ) -> PendingReply {
    let pause = PendingReply(suspending: connection)
    traffic.start(owing: pause) {
      try? await SystemTimer().wait(duration)
      if let answer { pause.answer(answer) } else { pause.giveUp() }
    }
    return pause
  }
}

private func readBrokenBody(
  context: UnsafeMutableRawPointer?, position: UInt64, buffer: UnsafeMutablePointer<CChar>?,
  size: Int
) -> Int {
  guard let context else { return cmicrohttpd_end_with_error }
  let body = Unmanaged<BrokenBody>.fromOpaque(context).takeUnretainedValue()
  return body.read(
    at: Int(position), into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}

private func freeBrokenBody(context: UnsafeMutableRawPointer?) {
  context.map { Unmanaged<BrokenBody>.fromOpaque($0).release() }
}
