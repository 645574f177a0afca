/// A request as a value, the same on the client's side and on the server's.
public struct HTTPRequest: Hashable, Sendable {
  /// `GET`, `POST`, …, in upper case.
  public var method: String
  /// Scheme, host and port without a trailing slash: `https://127.0.0.1:7751`.
  ///
  /// On the server's side it is
  /// built from the listener's scheme and the `Host` header.
  public var origin: String
  /// Path and query exactly as on the request line; HMAC signatures cover these bytes (WIRE 1.2).
  public var target: String
  /// Header fields; `Host` and `Content-Length` are the transport's to add.
  public var headers: HTTPHeaders
  /// The body; empty when there is none.
  public var body: [UInt8]
  /// How long a client waits for the whole answer; servers ignore it.
  public var timeout: Duration
  /// True when a second arrival would do harm: a client then takes a connection of its own for it, since a request on a
  /// kept one that the server closes may go out again by itself.
  public var isSentOnce = false

  /// A request for `target` at `origin`.
  public init(
    method: String, origin: String, target: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
    timeout: Duration = .seconds(30)
  ) {
    self.method = method
    self.origin = origin
    self.target = target
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }

  /// The target's part before `?`.
  public var path: Substring {
    // By bytes, here and below: a server asks several times for each request.
    target[..<(target.utf8.firstIndex(of: questionMark) ?? target.endIndex)]
  }

  /// The target's part after the first `?`; empty without one.
  public var query: Substring {
    guard let mark = target.utf8.firstIndex(of: questionMark) else { return "" }
    return target[target.utf8.index(after: mark)...]
  }

  /// The host and port of ``origin``: what stands in the `Host` header.
  public var host: Substring {
    guard let slashes = origin.firstRange(of: "://") else { return Substring(origin) }
    return origin[slashes.upperBound...].prefix { $0 != "/" }
  }
}

private let questionMark = UInt8(ascii: "?")
