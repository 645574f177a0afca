import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// How long a call rings before it ends unanswered (CALLING 5).
  private static let ringing = Duration.seconds(120)

  /// `POST /calling/callConnections`: rings at the targets by an IncomingCall event each (WIRE 7).
  ///
  /// A call that can ring nowhere (unknown identities, no validated web hook) is made all the same and fails with
  /// 480/10037, as a call does whose callee has no endpoint.
  mutating func createCall(_ exchange: Exchange) throws -> HTTPResponse {
    let body = try exchange.body(as: CreateCallRequest.self)
    try checkCallback(body.callbackURI)
    let source = try caller(body.source)
    let targets = try targets(body.targets)
    let isHeard = subscriptions.contains(where: \.isValidated)
    let rings = try targets.filter { try isHeard && store.identity($0.rawID) != nil }.map {
      Call.Ring(target: $0, context: incomingCallContext())
    }
    let leg = Call.Leg(
      connectionID: ids.guid(), callbackURI: body.callbackURI,
      operationContext: body.operationContext, identity: source, answeredBy: nil,
      isConnected: false)
    let call = Call(
      serverCallID: Array("https://conv.confab.invalid/conv/\(ids.base64URL(characters: 22))".utf8)
        .base64,
      correlationID: ids.guid(), source: source, sourceDisplayName: body.sourceDisplayName,
      targets: targets, ringsUntil: exchange.now + Core.ringing, legs: [leg], rings: rings)
    calls.keep(call)
    for ring in rings { announce(ring, of: call, now: exchange.now) }
    if rings.isEmpty { end(call, result: .nobodyThere, now: exchange.now) }
    return .json(call.properties(of: leg), status: 201)
  }

  /// Who calls: an identity of the resource, or the application under one made for the call.
  private func caller(_ source: CommunicationIdentity?) throws -> CommunicationIdentifier {
    guard let source else {
      return CommunicationIdentifier(rawID: "8:acs:\(resource.id)_\(ids.identitySuffix())")
    }
    guard try store.identity(source.id) != nil else {
      throw Refusal(
        400, "BadRequest", "The source is not an identity of the resource.", target: "source",
        why: "The resource has no identity \(source.id).")
    }
    return CommunicationIdentifier(rawID: source.id)
  }

  /// Whom to call, each once.
  private func targets(_ models: [IdentifierModel]) throws(Refusal) -> [CommunicationIdentifier] {
    var targets: [CommunicationIdentifier] = []
    for target in models.map(\.identifier) where !targets.contains(target) {
      guard target.kind == .communicationUser else {
        throw Refusal(
          501, "NotImplemented", "The emulator calls only ACS users.", target: "targets",
          why: "\(target.rawID) is no ACS user; the emulator has no telephone and no Teams.")
      }
      targets.append(target)
    }
    guard !targets.isEmpty else {
      throw Refusal(400, "BadRequest", "targets: This should name somebody.", target: "targets")
    }
    return targets
  }

  /// Refuses a callback address to which nothing can be posted.
  func checkCallback(_ url: String) throws(Refusal) {
    guard WebhookURL.isUsable(url) else {
      throw Refusal(
        400, "BadRequest", "callbackUri: This should be an http or https address.",
        target: "callbackUri")
    }
  }

  /// An opaque text in the form of a JSON Web Token, as recorded.
  private func incomingCallContext() -> String {
    [36, 120, 43].map { ids.base64URL(characters: $0) }.joined(separator: ".")
  }
}
