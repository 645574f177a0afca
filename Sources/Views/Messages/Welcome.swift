import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// What stands where messages will be: how the sign-in goes, and what to press.
func welcome(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  // The code lies over it and says more; half a sentence would look out from behind.
  guard state.interface.pane != .signIn else { return }
  var lines: [[Piece]] = []
  if state.session.session == nil {
    let isWaiting = state.session.hasAuthFailed && !state.isRenewing
    lines.append([Piece(phrases(isWaiting ? "Not signed in" : "Signing in"), .accent)])
    lines.append([])
    lines.append([
      Piece(
        phrases(
          isWaiting ? "There is no user access token from" : "Asking for a user access token at"),
        .text)
    ])
    lines.append([Piece(state.settings.tokenServiceURL, .link)])
    if let problem = state.session.problem {
      lines.append([])
      lines += problemLines(problem, retryText(problem, state, phrases), area)
    }
    lines.append([])
    if state.session.prompt != nil {
      lines.append([
        Piece(key(.renewTokenNow, state), .keyHint),
        Piece(" \(phrases("shows the code to sign in with."))", .text),
      ])
    }
    lines.append([
      Piece(key(.showTokenFlow, state), .keyHint),
      Piece(" \(phrases("shows each step."))", .dim),
    ])
  } else if !state.threads.isLoaded {
    lines.append([Piece(phrases("Reading the threads…"), .dim)])
    if let problem = state.session.problem {
      lines.append([])
      lines += problemLines(problem, retryText(problem, state, phrases), area)
    } else if let problem = state.connection.problem {
      lines.append([])
      lines += problemLines(problem, retryText(problem, state, phrases), area)
    }
  } else if state.threads.entries.isEmpty {
    lines = noThreads(state, phrases)
  } else {
    lines.append([
      Piece(key(.openSelectedThread, state), .keyHint),
      Piece(" \(phrases("opens the selected thread."))", .dim),
    ])
  }
  let top = max(0, (area.rows - lines.count) / 2 - 1)
  let widest = lines.map(\.columns).max() ?? 0
  let left = max(1, (area.columns - widest) / 2)
  for (row, line) in lines.enumerated() {
    canvas.line(line, column: left, row: top + row, in: area)
  }
}

/// The whole of what failed, which the banner cuts, and when it is tried again.
private func problemLines(
  _ problem: Problem, _ retry: String, _ area: Area
) -> [[Piece]] {
  wrap(problem.error.message, columns: max(1, area.columns - 4))
    .map { [Piece(String($0.text), .error)] }
    + [[Piece(retry, .text)]]
}

private func noThreads(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  [
    [Piece(phrases("No threads yet"), .accent)],
    [],
    [
      Piece(key(.openNewThread, state), .keyHint),
      Piece(" \(phrases("begins one with people you find by name."))", .text),
    ],
    [
      Piece(key(.showIdentity, state), .keyHint),
      Piece(" \(phrases("shows your id, for others to add you."))", .text),
    ],
    [
      Piece(key(.showHelp, state), .keyHint), Piece(" \(phrases("shows all keys."))", .text),
    ],
  ]
}
