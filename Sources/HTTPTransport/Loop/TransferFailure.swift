import ACSTypes
import CCurl
import Services

/// Why libcurl brought no answer, and how a person should hear of it.
struct TransferFailure {
  let code: CURLcode
  /// libcurl's own words; may be empty.
  let text: String
  /// Whether the connection had come about.
  let isConnected: Bool

  /// The error for whoever asked.
  func error(for outgoing: OutgoingRequest) -> TransportError {
    let origin = outgoing.origin.text
    switch code {
    case CURLE_URL_MALFORMAT:
      return TransportError(.badURL, "\(origin) is not an address: \(reason).")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return TransportError(
        .cannotResolve,
        "No address is known for \(outgoing.origin.host). Check the name and the network.")
    case CURLE_COULDNT_CONNECT:
      return TransportError(
        .cannotConnect, "Nothing answers at \(origin). Is the server running, and the port right?")
    case CURLE_SSL_CONNECT_ERROR:
      return TransportError(
        .cannotConnect, "\(origin) does not speak TLS as it should: \(reason). Is it http:// there?"
      )
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return TransportError(
        .certificateRefused,
        "\(origin) showed a certificate that is not trusted: \(reason). If the server is yours, "
          + "name its authority's file in the configuration as certificateAuthority; "
          + "`confab emulator` writes its own to ca.pem.")
    case CURLE_OPERATION_TIMEDOUT where !isConnected:
      return TransportError(.timedOut, "\(origin) did not take the connection in time.")
    case CURLE_OPERATION_TIMEDOUT where outgoing.sink != nil:
      return TransportError(
        .timedOut, "\(outgoing.name) brought nothing for \(outgoing.timeAllowed).")
    case CURLE_OPERATION_TIMEDOUT:
      return TransportError(
        .timedOut,
        "\(outgoing.name) brought no whole answer within \(outgoing.timeAllowed).")
    default:
      return TransportError(.interrupted, "\(outgoing.name) brought no whole answer: \(reason).")
    }
  }

  /// libcurl's words without its prefixes and full stop.
  private var reason: String {
    var words = Substring(text.isEmpty ? String(cString: ccurl_error_text(code)) : text)
    for prefix in ["SSL certificate problem: ", "SSL: "] where words.hasPrefix(prefix) {
      words = words.dropFirst(prefix.count)
    }
    return String(words.last == "." ? words.dropLast() : words)
  }
}
