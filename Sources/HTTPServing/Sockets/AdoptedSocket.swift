/// An upgraded connection as libmicrohttpd hands it over.
struct AdoptedSocket: @unchecked Sendable {
  // `handle` is used by the loop's thread only, for the one call that libmicrohttpd allows from any thread.
  let descriptor: Int32
  let handle: OpaquePointer
  /// Bytes that came behind the request's head.
  let early: [UInt8]
}
