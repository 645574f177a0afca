import ACSTypes

/// Something to ask of Call Automation on behalf of a leg.
struct CallRequest: Hashable, Sendable {
  /// What to ask.
  enum Kind: Hashable, Sendable {
    /// Call somebody in the user's name.
    case create(target: CommunicationIdentifier)
    /// Answer in the user's name.
    case answer(context: String)
    /// Decline.
    case reject(context: String)
    /// Leave the call.
    case hangUp(connectionID: String)
    /// Mute the user, on the terminal's command `requestID`.
    case mute(connectionID: String, requestID: String)
  }

  /// The leg that asks.
  var leg: CallID
  /// Whose leg it is.
  var user: CommunicationIdentifier
  /// The last part of the address for the leg's events.
  var callbackKey: String
  /// What to ask.
  var kind: Kind

  init(_ leg: CallLeg, _ kind: Kind) {
    self.leg = leg.id
    user = leg.user
    callbackKey = leg.callbackKey
    self.kind = kind
  }
}

/// The ids of a leg to be: unique, and the key not to be guessed.
struct LegNames: Hashable, Sendable {
  /// The gateway's id of the call.
  var id: CallID
  /// The last part of the address for the leg's events.
  var callbackKey: String
}
