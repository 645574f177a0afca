import Glibc

/// A TCP socket that listens; who makes it closes it.
struct ListeningSocket {
  let descriptor: Int32
  let port: UInt16

  /// Listens on a numeric address.
  init(address: String, port: UInt16) throws(HTTPServingError) {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, String(port), &hints, &found) == 0, let place = found?.pointee
    else {
      throw HTTPServingError(
        .badAddress, "\(address) is not an IP address. Listen on 127.0.0.1 or ::1, for example.")
    }
    defer { freeaddrinfo(found) }

    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(place.ai_family, type, 0)
    guard descriptor >= 0 else { throw ListeningSocket.error(address, port) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, place.ai_addr, place.ai_addrlen) == 0, listen(descriptor, 1024) == 0
    else {
      let error = ListeningSocket.error(address, port)
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.port = ListeningSocket.port(of: descriptor)
  }

  private static func port(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &address) { storage in
      storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { inet in
        let raw = UnsafeMutableRawPointer(inet).assumingMemoryBound(to: sockaddr.self)
        getsockname(descriptor, raw, &length)
        // `sin_port` and `sin6_port` stand at the same place.
        return UInt16(bigEndian: inet.pointee.sin_port)
      }
    }
  }

  private static func error(_ address: String, _ port: UInt16) -> HTTPServingError {
    let number = errno
    let place = "\(address) port \(port)"
    switch number {
    case EADDRINUSE:
      return HTTPServingError(
        .portInUse, "Another program listens on \(place). Stop it, or choose another port (0: any)."
      )
    case EACCES, EPERM, EMFILE, ENFILE:
      let reason = String(cString: strerror(number))
      return HTTPServingError(.notPermitted, "Listening on \(place) is not permitted: \(reason).")
    case EADDRNOTAVAIL:
      return HTTPServingError(.badAddress, "\(address) is not an address of this machine.")
    default:
      let reason = String(cString: strerror(number))
      return HTTPServingError(.failed, "Listening on \(place) failed: \(reason).")
    }
  }
}
