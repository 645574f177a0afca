public import ClientModel
public import Phrases
import ACSTypes

/// How the client stands to Chat, in words: `offline, 3 queued, next try in 12 s`.
public func statusText(_ state: ClientState, _ phrases: Phrases) -> String {
  ([statusWord(state, phrases)] + statusDetails(state, phrases)).joined(separator: ", ")
}

/// The status as the top line shows it, the longest form first.
func statusForms(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  let (mark, role) = statusMark(state)
  let word = statusWord(state, phrases)
  let details = statusDetails(state, phrases)
  return (0...details.count).reversed().map { count in
    let text = ([word] + details.prefix(count)).joined(separator: ", ")
    return [Piece("\(mark) \(text)", role)]
  }
}

/// True when the top line has the room to say when it is tried again.
func showsCountdown(_ state: ClientState) -> Bool { state.viewport.columns >= 60 }

private func statusMark(_ state: ClientState) -> (String, Role) {
  if isWaitingForSomebody(state) { return ("○", .warning) }
  switch state.connectionStatus {
  case .live, .polling(nil, _): return ("●", .success)
  case .polling: return ("◐", .warning)
  case .connecting, .reconnecting: return ("○", .warning)
  case .offline, .signInFailed: return ("✗", .error)
  }
}

private func statusWord(_ state: ClientState, _ phrases: Phrases) -> String {
  if isWaitingForSomebody(state) { return phrases("waiting for you") }
  let status = state.connectionStatus
  if status == .connecting, state.session.session == nil { return phrases("signing in") }
  return phrases(status.kind)
}

private func statusDetails(_ state: ClientState, _ phrases: Phrases) -> [String] {
  guard !isWaitingForSomebody(state) else { return [] }
  let status = state.connectionStatus
  var details: [String] = []
  if case .offline(let queued, _, _) = status, queued > 0 {
    details.append(phrases("% queued", String(queued)))
  }
  if status == .polling(cause: "not offered") { details.append(phrases("no live events here")) }
  if let retryOn = status.retryOn { details.append(nextTry(retryOn, state.now, phrases)) }
  return details
}

/// While somebody has to do something in a browser before there is a first token.
private func isWaitingForSomebody(_ state: ClientState) -> Bool {
  state.session.session == nil && state.session.prompt != nil
}

private func nextTry(_ retryOn: Timestamp, _ now: Timestamp, _ phrases: Phrases) -> String {
  let left = wholeSeconds(until: retryOn, from: now)
  return left > 0 ? phrases("next try in % s", String(left)) : phrases("trying again")
}

/// The seconds of a countdown, which says 1 until the very end; 0 when it is over.
func wholeSeconds(until moment: Timestamp, from now: Timestamp) -> Int {
  let left = moment - now
  guard left > .zero else { return 0 }
  return Int(left.secondsRoundedUp)
}
