import ACSTypes
import ClientModel
import Phrases

/// Each step from the request to the token service to the first authorised chat request, and the token's life, live.
func tokenFlowLines(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  var lines: [[Piece]] = summary(state, phrases)
  lines.append([])
  if state.tokenFlow.steps.isEmpty { lines.append([Piece(phrases("No step yet."), .dim)]) }
  for step in state.tokenFlow.steps.suffix(16) { lines += stepLines(step, state, phrases) }
  lines += [
    [],
    [
      Piece(key(.renewTokenNow, state), .keyHint),
      Piece(" \(phrases("fetches a new token now"))   ", .dim),
      Piece(key(.showTokenFlow, state), .keyHint), Piece(" \(phrases("closes"))", .dim),
    ],
  ]
  return lines
}

private func summary(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  var lines = [fact("token service", state.settings.tokenServiceURL, phrases, .link)]
  if let session = state.session.session {
    let left = session.expiresOn - state.now
    lines += [
      fact("identity", session.identity.rawID, phrases, .link),
      fact("scopes", session.scopes.map(\.rawValue).joined(separator: ", "), phrases),
      fact(
        "life left", left > .zero ? lifeText(left) : phrases("expired"), phrases,
        left > .zero ? .success : .error),
      fact("next renewal", renewal(session, state, phrases), phrases),
    ]
  } else {
    lines.append(fact("identity", phrases("none yet"), phrases, .warning))
  }
  if let prompt = state.session.prompt {
    lines.append(fact("sign in at", prompt.verificationURL, phrases, .link))
    lines.append(fact("with the code", prompt.userCode, phrases, .accent))
  }
  if let problem = state.session.problem {
    lines.append(fact("next try", retryText(problem, state, phrases), phrases, .warning))
  }
  return lines
}

private func renewal(_ session: Session, _ state: ClientState, _ phrases: Phrases) -> String {
  let left = session.renewOn - state.now
  return left > .zero ? phrases("in %", lifeText(left)) : phrases("now")
}

private func stepLines(_ step: TokenFlowStep, _ state: ClientState, _ phrases: Phrases)
  -> [[Piece]]
{
  let mark: Piece =
    switch step.outcome {
    case nil: Piece("… ", .warning)
    case .succeeded: Piece("✓ ", .success)
    case .failed: Piece("✗ ", .error)
    }
  let time = CalendarTime(step.startedOn + .seconds(state.settings.minutesFromUTC * 60))
  let clock = "\(twoDigits(time.hour)):\(twoDigits(time.minute)):\(twoDigits(time.second)) "
  var first = [Piece(clock, .time), mark, Piece(step.title, .text)]
  if let status = step.status {
    first.append(Piece("  \(status)", (200...299).contains(status) ? .success : .error))
  }
  if let took = step.took { first.append(Piece("  \(tookText(took))", .dim)) }
  var lines = [first]
  for detail in step.details { lines.append([Piece("           \(detail)", .dim)]) }
  if case .failed(let reason) = step.outcome {
    lines.append([Piece("           \(reason)", .error)])
  }
  return lines
}

private func tookText(_ duration: Duration) -> String {
  let milliseconds = duration.wholeMilliseconds
  return milliseconds < 10_000 ? "\(milliseconds) ms" : "\(milliseconds / 1000) s"
}
