public import ACSTypes
public import Executor

extension HTTPServer {
  /// What a server needs to know before it starts.
  public struct Configuration: Sendable {
    /// A numeric IPv4 or IPv6 address of this machine.
    public var address: String
    /// The port; 0 takes any free one.
    public var port: UInt16
    /// What the server shows under TLS; `nil` serves clear text.
    public var tls: TLSIdentity?
    /// Bytes of a body at most; a longer one gets 413.
    public var maximumBody = 4 << 20
    /// Bytes that request line and header fields may take together, nearly; more gets 431.
    public var headLimit = 64 << 10
    /// After this long without a byte a connection is dropped, in whole seconds.
    public var idleTimeout = Duration.seconds(75)
    /// Request line and header fields must be there this long after a connection was opened, or after it may have been
    /// silent since its last request.
    public var headTimeout = Duration.seconds(30)
    /// A body must be there this long after its header fields.
    public var bodyTimeout = Duration.seconds(60)
    /// Connections at the same time, WebSockets included; more wait or are dropped.
    public var maximumConnections = 1000
    /// Threads that take requests to the handler, each those of its own connections; with one, requests come one after
    /// the other.
    public var threads = 1
    /// Makes the answer to a request that the server refuses by itself, once for each; every server has its own envelope.
    ///
    /// It is called on a thread of the server's and must not block. The request has no body.
    public var refuse: @Sendable (HTTPRefusal, HTTPRequest) -> HTTPResponse = HTTPRefusal.answer
    /// Where the handler's tasks run.
    public var executor: PosixExecutor
    /// Answers the requests.
    public var handler: any HTTPHandler

    /// A configuration with the usual limits.
    public init(
      address: String = "127.0.0.1", port: UInt16 = 0, tls: TLSIdentity? = nil,
      executor: PosixExecutor, handler: any HTTPHandler
    ) {
      self.address = address
      self.port = port
      self.tls = tls
      self.executor = executor
      self.handler = handler
    }
  }
}
