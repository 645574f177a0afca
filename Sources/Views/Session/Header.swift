import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// The top line: who is signed in, how the connection stands and how long the token lives.
func header(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  canvas.fill(area, .header)
  let identity = state.session.session?.identity
  var left = [Piece(" Confab ", .header)]
  if !state.settings.displayName.isEmpty {
    left.append(Piece(" \(state.settings.displayName)", .headerKey))
  }
  if let identity, area.columns >= 70 { left.append(Piece("  \(identity.shortForm)", .dim)) }
  let right = status(state, phrases, isShort: area.columns < 50)
  canvas.line(left, in: area)
  let column = area.columns - right.columns - 1
  if column > left.columns { canvas.line(right, column: column, in: area) }
}

private func status(_ state: ClientState, _ phrases: Phrases, isShort: Bool) -> [Piece] {
  var pieces: [Piece] = []
  if state.session.session == nil {
    return [signingIn(state.session, phrases)]
  }
  if state.session.hasAuthFailed, state.connection.problem != nil {
    pieces.append(Piece("✗ \(phrases("auth failed"))", .error))
  } else if state.connection.problem != nil {
    pieces.append(Piece("✗ \(phrases("reconnecting"))", .error))
  } else if state.connection.lastAnswerOn == nil {
    pieces.append(Piece("○ \(phrases("connecting"))", .warning))
  } else {
    pieces.append(Piece("● \(phrases("polling"))", .success))
  }
  if case .ready = state.calls.gateway, !isShort {
    pieces.append(Piece("  ● \(phrases("calls"))", .success))
  }
  if let session = state.session.session {
    let left = session.expiresOn - state.now
    let text =
      left > .zero
      ? phrases("token %", lifeText(left)) : phrases("token expired")
    let role: Role =
      left <= .zero
      ? .error : state.session.problem != nil || left < .seconds(120) ? .warning : .dim
    pieces.append(Piece("  \(text)", role))
  }
  return pieces
}

private func signingIn(_ session: SessionState, _ phrases: Phrases) -> Piece {
  if session.prompt != nil { return Piece("○ \(phrases("waiting for you"))", .warning) }
  if session.hasAuthFailed { return Piece("✗ \(phrases("auth failed"))", .error) }
  return session.problem == nil
    ? Piece("○ \(phrases("signing in"))", .warning)
    : Piece("✗ \(phrases("sign-in failed"))", .error)
}

/// A length of time as people say it: `23h 59m`, `4m 05s`, `42s`.
func lifeText(_ duration: Duration) -> String {
  let seconds = Int(duration.components.seconds)
  if seconds >= 3600 { return "\(seconds / 3600)h \(twoDigits(seconds % 3600 / 60))m" }
  if seconds >= 600 { return "\(seconds / 60)m" }
  if seconds >= 60 { return "\(seconds / 60)m \(twoDigits(seconds % 60))s" }
  return "\(max(0, seconds))s"
}

func twoDigits(_ number: Int) -> String {
  number < 10 ? "0\(number)" : String(number)
}
