import ACSTypes
public import ACSWire
public import Services

/// The SMS service as a trusted service uses it (WIRE 5).
///
/// Every operation throws `ServiceError` when the request as a whole failed; what became of each recipient stands in the
/// results.
public struct SMSClient: Sendable {
  private let requests: SMSRequests
  private let exchange: any ServiceExchange
  private let clock: any WallClock
  private let random: any RandomSource

  /// Text messages of the resource at `endpoint`.
  ///
  /// - Parameters:
  ///   - endpoint: The resource.
  ///   - apiVersion: The contract's version; `nil` for the newest known. Opt-outs exist from 2026-01-23 on.
  ///   - exchange: Carries the requests.
  ///   - authoriser: Proves who asks.
  ///   - clock: Dates messages, so that a repeated request is done once.
  ///   - random: Gives messages their ids, to the same end.
  public init(
    endpoint: String, apiVersion: String? = nil, exchange: any HTTPExchange,
    authoriser: any RequestAuthoriser, clock: any WallClock, random: any RandomSource
  ) {
    requests =
      apiVersion.map { SMSRequests(endpoint: endpoint, apiVersion: $0) }
      ?? SMSRequests(endpoint: endpoint)
    self.exchange = SignedExchange(exchange: exchange, authoriser: authoriser)
    self.clock = clock
    self.random = random
  }

  /// Sends a text to each of `recipients`.
  ///
  /// - Parameters:
  ///   - text: At most 2048 characters.
  ///   - sender: A number of the resource, a short code, or an alphanumeric id.
  ///   - recipients: 1–100 numbers in E.164 form; equal ones are messages of their own.
  ///   - options: How to send them.
  /// - Returns: A result for each recipient, failed ones included; look at `successful`.
  /// - Throws: `ServiceError` when none was sent.
  public func send(
    _ text: String, from sender: String, to recipients: [String],
    options: SMSSendOptions = SMSSendOptions(enableDeliveryReport: false)
  ) async throws -> [SMSSendResult] {
    let now = clock.now.httpDate
    let recipients = recipients.map { number in
      SMSRecipient(
        to: number, repeatabilityRequestID: random.uuid(), repeatabilityFirstSent: now)
    }
    let message = SMSSendRequest(
      from: sender, recipients: recipients, message: text, options: options)
    let answer: SMSSendResponse = try await exchange.answer(
      to: requests.send(message), during: "sending the text message")
    return answer.value
  }

  /// Notes that `recipients` want no messages of `sender`.
  public func addOptOuts(of recipients: [String], from sender: String) async throws
    -> [OptOutResult]
  {
    try await optOuts(.add, recipients, sender, during: "opting recipients out")
  }

  /// Notes that `recipients` want messages of `sender` again.
  public func removeOptOuts(of recipients: [String], from sender: String) async throws
    -> [OptOutResult]
  {
    try await optOuts(.remove, recipients, sender, during: "opting recipients in")
  }

  /// Tells which of `recipients` want no messages of `sender`.
  public func checkOptOuts(of recipients: [String], from sender: String) async throws
    -> [OptOutResult]
  {
    try await optOuts(.check, recipients, sender, during: "asking who has opted out")
  }

  private func optOuts(
    _ action: SMSRequests.OptOutAction, _ recipients: [String], _ sender: String,
    during what: String
  ) async throws -> [OptOutResult] {
    let answer: OptOutResponse = try await exchange.answer(
      to: requests.optOuts(action, OptOutRequest(from: sender, to: recipients)), during: what)
    return answer.value
  }
}
