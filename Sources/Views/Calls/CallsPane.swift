import ACSTypes
import ClientModel
import Phrases

/// The calls of this run, newest first, with how each ended.
func callLines(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  var lines: [[Piece]] = [gatewayLine(state, phrases), []]
  if state.calls.calls.isEmpty { lines.append([Piece(phrases("No calls yet."), .dim)]) }
  for call in state.calls.calls {
    let time = CalendarTime(call.startedOn + .seconds(state.settings.minutesFromUTC * 60))
    var line = [
      Piece("\(twoDigits(time.hour)):\(twoDigits(time.minute)) ", .time),
      Piece(call.direction == .outgoing ? "→ " : "← ", .accent),
      Piece(personName(call.peer), .otherName),
    ]
    if let connected = call.connectedOn, let ended = call.endedOn {
      line.append(Piece("  \(lifeText(ended - connected))", .text))
    }
    if let reason = call.endReason {
      line.append(Piece("  \(endText(reason, phrases))", .dim))
    } else {
      line.append(Piece("  \(callStateText(call, now: state.now, phrases))", .success))
    }
    lines.append(line)
  }
  return lines
}

private func gatewayLine(_ state: ClientState, _ phrases: Phrases) -> [Piece] {
  switch state.calls.gateway {
  case .unsupported: [Piece(phrases("No call gateway is configured."), .dim)]
  case .closed, .connecting: [Piece(phrases("Connecting to the call gateway…"), .warning)]
  case .ready: [Piece(phrases("The call gateway is connected."), .success)]
  case .failed(let problem):
    [
      Piece(problem.error.message, .error),
      Piece("  \(waitText(problem, now: state.now, phrases))", .text),
    ]
  }
}

/// The people among whom the call choice chooses.
func choiceLines(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  state.calls.choices.enumerated().map { index, person in
    index == state.calls.choice
      ? [Piece("▸ \(personName(person))", .accent)] : [Piece("  \(personName(person))", .text)]
  }
}
