import Executor
import Glibc
import TestKit

/// A TCP server that does what it is told, however wrong: it takes one connection, reads a request's head, writes
/// the given bytes and closes.
final class RawPeer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let thread: PosixThread
  private let finish = Signal(false)
  private let head = Gate()

  /// Listens.
  ///
  /// - Parameters:
  ///   - staysOpen: Whether it holds the connection until ``stop()``.
  ///   - answer: What it writes, given the request's head.
  init(staysOpen: Bool = false, answer: @escaping @Sendable (String) -> [UInt8]) {
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
    let gate = self.head
    thread = PosixThread(name: "raw-peer") {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      var head: [UInt8] = []
      var byte: UInt8 = 0
      while !head.suffix(4).elementsEqual([13, 10, 13, 10]), read(connection, &byte, 1) == 1 {
        head.append(byte)
      }
      gate.open()
      let bytes = answer(String(decoding: head, as: UTF8.self))
      _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      if staysOpen { finish.wait { $0 ? () : nil } }
      close(connection)
    }
  }

  var origin: String { "http://127.0.0.1:\(port)" }

  /// Waits until a request's head came.
  func gotHead() async { await head.pass() }

  func stop() {
    finish.change { $0 = true }
    shutdown(listener, Int32(SHUT_RDWR))
    thread.join()
    close(listener)
  }
}

/// Writes bytes to a port of this machine as they are, and gives all that comes back until the server closes.
///
/// The pieces are written one after the other, with a short wait for the server's end between.
func talk(to port: UInt16, _ pieces: [UInt8]..., untilClosed: Bool = true) -> String {
  let descriptor = connectedSocket(to: port)
  defer { close(descriptor) }
  var answer: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  for (index, piece) in pieces.enumerated() {
    _ = send(descriptor, piece, piece.count, Int32(MSG_NOSIGNAL))
    guard index + 1 < pieces.count else { break }
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&wait, 1, 50) > 0 { break }
  }
  while untilClosed, case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
    answer += buffer[..<count]
  }
  return String(decoding: answer, as: UTF8.self)
}

/// The same with one text.
func talk(to port: UInt16, _ text: String) -> String {
  talk(to: port, Array(text.utf8))
}

/// Sends the pieces with 10 ms between them, reading meanwhile, until all are sent or the server closes; then reads on
/// until it does.
func converse(with port: UInt16, _ pieces: [[UInt8]]) -> String {
  let descriptor = connectedSocket(to: port)
  defer { close(descriptor) }
  var answer: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  for piece in pieces {
    guard send(descriptor, piece, piece.count, Int32(MSG_NOSIGNAL)) == piece.count else { break }
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, 10) > 0 else { continue }
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { break }
    answer += buffer[..<count]
  }
  while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
    answer += buffer[..<count]
  }
  return String(decoding: answer, as: UTF8.self)
}

private func connectedSocket(to port: UInt16) -> Int32 {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
  withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  return descriptor
}
