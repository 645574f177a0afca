import Cells
import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// The lines below the header: trouble and when it is tried again, and the call that is under way.
func banner(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard area.rows > 0 else { return }
  var row = 0
  if let line = callLine(state, phrases) {
    canvas.fill(area.row(row), .callActive)
    canvas.line(" \(line)", row: row, in: area, .callActive)
    row += 1
  }
  guard row < area.rows, let (reason, remedy) = trouble(state, phrases) else { return }
  // Without the channel of events all still works, only later: that is told in a low voice.
  let isQuiet =
    state.session.problem == nil && state.session.prompt == nil && state.connection.problem == nil
  let role: Role = isQuiet ? .dim : .banner
  canvas.fill(area.row(row), isQuiet ? .text : .banner)
  // What to do, and when it is tried again, stay in sight however long the reason is.
  let room = area.columns - Columns.width(of: remedy) - 4
  if room > 20 {
    let left = Area(column: area.column, row: area.row, columns: room + 1, rows: area.rows)
    let end = canvas.line(" \(reason)", row: row, in: left, role)
    canvas.line(
      "  \(remedy)", column: end, row: row, in: area, isQuiet ? .warning : .banner,
      adding: isQuiet ? [] : .bold)
  } else {
    canvas.line(" \(remedy) \(reason)", row: row, in: area, role)
  }
}

/// What is wrong, and what is to be done about it.
private func trouble(_ state: ClientState, _ phrases: Phrases) -> (String, String)? {
  if let prompt = state.session.prompt {
    return (
      phrases("To sign in, enter % at %", prompt.userCode, prompt.verificationURL),
      phrases("% shows it.", key(.renewTokenNow, state))
    )
  }
  if let problem = state.session.problem {
    return (
      problem.error.message, retryText(problem, state, phrases, isBrief: showsCountdown(state))
    )
  }
  if let problem = state.connection.problem {
    return (
      problem.error.message, retryText(problem, state, phrases, isBrief: showsCountdown(state))
    )
  }
  guard let cause = state.connection.eventsCause else { return nil }
  let reason = phrases("New messages come a little later: %", cause)
  guard case .waiting(let retryOn, _, _) = state.connection.events else {
    return (reason, phrases("Trying again…"))
  }
  let countdown = showsCountdown(state) ? "" : "\(waitText(retryOn, state.now, phrases)) "
  return (reason, countdown + phrases("% tries now.", key(.renewTokenNow, state)))
}

/// When something is tried again, unless `isBrief`, and by which key at once.
func retryText(
  _ problem: Problem, _ state: ClientState, _ phrases: Phrases, isBrief: Bool = false
) -> String {
  if state.isRenewing { return phrases("Trying again…") }
  let chord = key(.renewTokenNow, state)
  guard let retryOn = problem.retryOn else {
    return state.session.problem == nil
      ? phrases("Waiting for the sign-in.") : phrases("% signs in again.", chord)
  }
  guard retryOn > state.now else { return phrases("Trying again…") }
  let countdown = isBrief ? "" : "\(waitText(retryOn, state.now, phrases)) "
  return countdown + phrases("% tries now.", chord)
}

/// When something is tried again, in words.
func waitText(_ problem: Problem, now: Timestamp, _ phrases: Phrases) -> String {
  problem.retryOn.map { waitText($0, now, phrases) } ?? phrases("Waiting for the sign-in.")
}

private func waitText(_ retryOn: Timestamp, _ now: Timestamp, _ phrases: Phrases) -> String {
  let left = wholeSeconds(until: retryOn, from: now)
  return left > 0 ? phrases("Next try in % s.", String(left)) : phrases("Trying again…")
}

private func callLine(_ state: ClientState, _ phrases: Phrases) -> String? {
  if let incoming = state.calls.ringing.first {
    let name = personName(incoming.caller)
    return phrases(
      "☎ % is calling.  % answer  % decline", name, key(.answerCall, state), key(.hangUp, state))
  }
  guard let call = state.calls.current else { return nil }
  var line = "☎ \(callStateText(call, now: state.now, phrases))"
  switch call.mute {
  case .on: line += "  \(phrases("You are muted."))"
  case .pending: line += "  …"
  case .off: break
  }
  let me = state.session.session?.identity
  let muted = call.participants.filter { $0.isMuted && $0.identifier != me }.map {
    $0.displayName.isEmpty ? personName(call.peer) : $0.displayName
  }
  if !muted.isEmpty { line += "  \(phrases("Muted: %.", muted.joined(separator: ", ")))" }
  line += "  \(phrases("% hang up", key(.hangUp, state)))"
  if call.state == .connected {
    let isMuted = call.mute == .on
    line += "  \(phrases(isMuted ? "% unmute" : "% mute", key(.toggleMute, state)))"
  }
  return line
}
