import ACSTypes
import ClientModel
import Phrases

/// A person's name, or the short form of the id.
func personName(_ person: Person) -> String {
  if !person.displayName.isEmpty { return person.displayName }
  return person.identifier.rawID.isEmpty ? "…" : person.identifier.shortForm
}

/// How a call stands, in words.
func callStateText(_ call: Call, now: Timestamp, _ phrases: Phrases) -> String {
  let name = personName(call.peer)
  switch call.state {
  case .none, .connecting:
    return call.direction == .outgoing
      ? phrases("Calling %…", name) : phrases("Connecting with %…", name)
  case .ringing: return phrases("Ringing at %…", name)
  case .earlyMedia: return phrases("% will answer soon…", name)
  case .inLobby: return phrases("Waiting to be let in by %…", name)
  case .connected:
    let length = call.connectedOn.map { lifeText(now - $0) } ?? ""
    return phrases("In a call with % · %", name, length)
  case .localHold: return phrases("You hold the call with %.", name)
  case .remoteHold: return phrases("% holds the call.", name)
  case .disconnecting: return phrases("Hanging up…")
  case .disconnected: return phrases("The call with % has ended.", name)
  }
}

/// Why a call ended, in words, with the service's pair of codes.
func endText(_ reason: CallEndReason, _ phrases: Phrases) -> String {
  let pair = "\(reason.code)/\(reason.subCode)"
  let words: String? =
    switch (reason.code, reason.subCode) {
    case (0, 0): phrases("hung up")
    case (200, 7000), (0, 7000): phrases("ended")
    case (487, 0), (487, 540_487): phrases("cancelled before it was answered")
    case (603, _): phrases("declined")
    case (487, 10003): phrases("answered elsewhere")
    case (487, 10004): phrases("not answered")
    case (0, 5003), (487, 10024): phrases("declined by all")
    case (480, _): phrases("cannot be reached")
    case (486, _): phrases("busy")
    default: nil
    }
  if let words { return "\(words) (\(pair))" }
  return reason.message.isEmpty ? pair : "\(reason.message) (\(pair))"
}
