import ACSTypes
import CMicrohttpd

/// All header fields of a request, in the order sent.
func headerFields(of connection: OpaquePointer) -> HTTPHeaders {
  var headers = HTTPHeaders()
  withUnsafeMutablePointer(to: &headers) { target in
    _ = MHD_get_connection_values(connection, .HEADER_KIND, appendField, target)
  }
  return headers
}

private func appendField(
  target: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?,
  value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let name else { return .YES }
  target?.assumingMemoryBound(to: HTTPHeaders.self).pointee.append(
    name: String(cString: name), value: value.map { String(cString: $0) } ?? "")
  return .YES
}

/// The numeric address at the other end; empty when it cannot be told.
func peer(of connection: OpaquePointer) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
    guard let start = text.baseAddress else { return "" }
    cmicrohttpd_peer(connection, start, text.count)
    return String(cString: start)
  }
}

/// Queues an answer; libmicrohttpd adds `Content-Length` and `Date`, and leaves out the body for HEAD.
///
/// A field that libmicrohttpd does not take (a line break in it) is left out.
///
/// - Returns: False when the connection must be dropped.
func queue(_ response: HTTPResponse, on connection: OpaquePointer, closing: Bool) -> Bool {
  let answer = response.body.withUnsafeBytes { body in
    MHD_create_response_from_buffer(
      body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
  }
  guard let answer else { return false }
  defer { MHD_destroy_response(answer) }
  for field in response.headers.fields {
    _ = MHD_add_response_header(answer, field.name, field.value)
  }
  if closing { _ = MHD_add_response_header(answer, "Connection", "close") }
  return MHD_queue_response(connection, UInt32(clamping: response.status), answer) == .YES
}
