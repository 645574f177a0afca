import ACSTypes
import CCurl
import Services

/// One request and what has come of its answer.
///
/// Belongs to the loop's thread.
final class Transfer {
  let outgoing: OutgoingRequest
  /// Once it is prepared.
  private(set) var easy: UnsafeMutableRawPointer?

  private let continuation: CheckedContinuation<HTTPResponse, any Error>
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var list: UnsafeMutablePointer<curl_slist>?
  private var headers = HTTPHeaders()
  private var body: [UInt8] = []
  /// How much of the body has come, wherever it is.
  private var received = 0
  private var isTooLarge = false

  init(
    _ outgoing: OutgoingRequest, continuation: CheckedContinuation<HTTPResponse, any Error>
  ) {
    self.outgoing = outgoing
    self.continuation = continuation
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    errorText.deallocate()
    ccurl_list_free(list)
  }

  /// Tells libcurl what to send; the transfer must outlive that.
  func prepare(_ easy: UnsafeMutableRawPointer) {
    self.easy = easy
    let request = outgoing.request
    let me = Unmanaged.passUnretained(self).toOpaque()
    // libcurl would tidy the path; what was signed must arrive as it stands.
    ccurl_set_text(easy, CURLOPT_REQUEST_TARGET, request.target)
    let timeout = milliseconds(request.timeout)
    if outgoing.sink == nil {
      ccurl_set_number(easy, CURLOPT_TIMEOUT_MS, timeout)
    } else {
      ccurl_set_number(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
      ccurl_set_number(easy, CURLOPT_LOW_SPEED_TIME, max(1, timeout / 1000))
    }
    ccurl_set_text(easy, CURLOPT_ACCEPT_ENCODING, "")
    ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    ccurl_set_pointer(easy, CURLOPT_WRITEDATA, me)
    ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION, bodyArrived)
    ccurl_set_pointer(easy, CURLOPT_HEADERDATA, me)
    ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION, headerArrived)
    // On a connection that was kept, libcurl sends anew what got no byte of an answer, whether it arrived or not.
    if request.isSentOnce { ccurl_set_number(easy, CURLOPT_FRESH_CONNECT, 1) }
    prepareBody(easy)
    for field in request.headers.fields {
      add(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    ccurl_set_list(easy, CURLOPT_HTTPHEADER, list)
  }

  private func prepareBody(_ easy: UnsafeMutableRawPointer) {
    let request = outgoing.request
    if request.method == "HEAD" { return ccurl_set_number(easy, CURLOPT_NOBODY, 1) }
    let hasBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    if hasBody {
      ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, Int(request.body.count))
      // No pointer would mean that the body comes from a callback.
      let bytes = request.body.isEmpty ? [0] : request.body
      ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, bytes)
      // libcurl would wait for a 100 before large bodies, and call every body a form.
      add("Expect:")
      if request.headers["Content-Type"] == nil { add("Content-Type:") }
    }
    if hasBody || request.method != "GET" {
      ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  private func add(_ line: String) {
    list = ccurl_list_append(list, line)
  }

  // MARK: The end

  /// libcurl is done.
  func complete(_ result: CURLcode) {
    if isTooLarge {
      let limit = limit >> 20
      return fail(
        TransportError(.tooLarge, "\(outgoing.name) was answered with more than \(limit) MiB."))
    }
    guard result == CURLE_OK else {
      let failure = TransferFailure(
        code: result, text: String(cString: errorText),
        isConnected: easy.map { ccurl_was_connected($0) } ?? false)
      return fail(failure.error(for: outgoing))
    }
    let status = easy.map { ccurl_status($0) } ?? 0
    continuation.resume(returning: HTTPResponse(status: status, headers: headers, body: body))
  }

  /// It ends without an answer.
  func fail(_ error: TransportError) {
    continuation.resume(throwing: error)
  }

  // MARK: What libcurl calls

  fileprivate func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    received += bytes.count
    isTooLarge = max(received, headers["Content-Length"].flatMap { Int($0) } ?? 0) > limit
    guard !isTooLarge else { return false }
    if let sink { return sink.take(Array(bytes)) }
    body.append(contentsOf: bytes)
    return true
  }

  /// Where the body goes, now that the status is known; `nil` for into the answer.
  private var sink: BodySink? {
    guard let easy, (200...299).contains(ccurl_status(easy)) else { return nil }
    return outgoing.sink
  }

  private var limit: Int { sink?.limit ?? CurlExchange.maximumAnswer }

  fileprivate func appendHeader(_ line: UnsafeRawBufferPointer) {
    // An answer of 1xx may come before the real one.
    if line.starts(with: "HTTP/".utf8) { headers = HTTPHeaders() }
    if let field = HeaderLine(line) {
      headers.append(name: field.name, value: field.value)
    }
  }
}

private func bodyArrived(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.append(UnsafeRawBufferPointer(start: bytes, count: size * count))
    ? size * count : 0
}

private func headerArrived(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  transfer.appendHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
  return size * count
}
