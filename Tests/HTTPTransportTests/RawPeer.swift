import Executor
import Glibc

/// A TCP server that does what it is told, however wrong: it takes one connection, reads a request's head, writes
/// the given bytes and closes.
final class RawPeer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let thread: PosixThread
  private let finish = Signal(false)

  /// - Parameters:
  ///   - answer: What it writes.
  ///   - staysOpen: Whether it holds the connection until ``stop()``.
  init(answer: [UInt8], staysOpen: Bool = false) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length)
        listen(listener, 8)
        getsockname(listener, $0, &length)
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    self.listener = listener
    let finish = self.finish
    thread = PosixThread(name: "raw-peer") {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      var head: [UInt8] = []
      var byte: UInt8 = 0
      while !head.suffix(4).elementsEqual([13, 10, 13, 10]), read(connection, &byte, 1) == 1 {
        head.append(byte)
      }
      _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
      if staysOpen { finish.wait { $0 ? () : nil } }
      close(connection)
    }
  }

  var origin: String { "http://127.0.0.1:\(port)" }

  func stop() {
    finish.change { $0 = true }
    shutdown(listener, Int32(SHUT_RDWR))
    thread.join()
    close(listener)
  }
}

/// Writes bytes to a port of this machine as they are, and gives all that comes back until the server closes.
func talk(to port: UInt16, _ text: String) -> String {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
  let status = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard status == 0 else { return "" }
  let bytes = Array(text.utf8)
  _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  var answer: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
    answer += buffer[..<count]
  }
  return String(decoding: answer, as: UTF8.self)
}
