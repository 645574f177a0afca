import Glibc

/// An upgraded connection as libmicrohttpd hands it over.
struct AdoptedSocket: @unchecked Sendable {
  // `handle` is used by the loop's thread only, for the one call that libmicrohttpd allows from any thread.
  let descriptor: Int32
  let handle: OpaquePointer
  /// The connection itself, valid until `handle` is closed.
  ///
  /// Under TLS, `descriptor` is libmicrohttpd's relay to it.
  let connection: Int32
  /// Bytes that came behind the request's head.
  let early: [UInt8]

  /// Ends the connection, just before `handle` is closed; `gracefully` lets out what the relay still holds.
  ///
  /// libmicrohttpd ends a relay when both directions have ended, and may oversee the close of a handle
  /// (it looks at a flag that is set after the signal to look); the end of the connection itself it always sees.
  func end(gracefully: Bool) {
    shutdown(connection, Int32(gracefully ? SHUT_RD : SHUT_RDWR))
  }
}
