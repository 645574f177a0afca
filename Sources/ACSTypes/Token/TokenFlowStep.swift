/// One step on the way from the token service to the first authorised request, as the token flow shows it.
///
/// A step is reported twice under the same `id`: when it begins, with no outcome, and when it ends.
public struct TokenFlowStep: Hashable, Sendable, Codable {
  /// Which step of the way it is.
  public enum Kind: Hashable, Sendable, Codable {
    /// The proof to the token service who the user is.
    case login
    /// The request to the token service.
    case request
    /// The token service's answer, understood or not.
    case answer
    /// The token's claims, read.
    case claims
    /// A request to Chat with the token.
    case authorisedRequest
  }

  /// How a step ended.
  public enum Outcome: Hashable, Sendable, Codable {
    /// As it should.
    case succeeded
    /// With the reason, in words.
    case failed(String)
  }

  /// Rises with each step of a run of the program.
  public var id: Int
  /// Which step of the way it is.
  public var kind: Kind
  /// What is done, in words, never with a secret: `GET http://127.0.0.1:7760/token`.
  public var title: String
  /// The HTTP status, where there is one.
  public var status: Int?
  /// When the step began.
  public var startedOn: Timestamp
  /// How long it took; `nil` while it runs.
  public var took: Duration?
  /// More of what was learnt, a line each, never with a secret: `identity  8:acs:…`.
  public var details: [String]
  /// How it ended; `nil` while it runs.
  public var outcome: Outcome?

  /// A step.
  public init(
    id: Int, kind: Kind, title: String, status: Int? = nil, startedOn: Timestamp,
    took: Duration? = nil, details: [String] = [], outcome: Outcome? = nil
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.status = status
    self.startedOn = startedOn
    self.took = took
    self.details = details
    self.outcome = outcome
  }
}
