import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// What to do in a browser to sign in: the page, the code, and how long it is good.
func signInLines(_ state: ClientState, _ phrases: Phrases) -> [[Piece]] {
  guard let prompt = state.session.prompt else {
    return [[Piece(phrases("Nothing is to be done."), .dim)]]
  }
  let room = max(10, state.viewport.columns - 4)
  var lines = [[Piece(phrases("Open this page in any browser:"), .text)], []]
  // Whole, however narrow the screen is: it is there to be typed.
  lines += wrap(prompt.verificationURL, columns: room).map { [Piece(String($0.text), .link)] }
  lines += [[], [Piece(phrases("and enter the code"), .text)], []]
  if let large = LargeText(prompt.userCode), large.columns <= room, state.viewport.rows >= 20 {
    lines += large.rows.map { [Piece($0, .accent)] } + [[]]
  }
  lines += [
    [Piece(prompt.userCode, .accent)],
    [],
    [Piece(lifeLine(prompt.expiresOn - state.now, phrases), .text)],
    [],
    [
      Piece(key(.closePane, state), .keyHint), Piece(" \(phrases("hides it"))   ", .dim),
      Piece(key(.renewTokenNow, state), .keyHint), Piece(" \(phrases("shows it again"))", .dim),
    ],
  ]
  return lines
}

/// A countdown: `14:59`.
private func countdown(_ left: Duration) -> String {
  let seconds = Int(left.components.seconds)
  return "\(seconds / 60):\(twoDigits(seconds % 60))"
}

private func lifeLine(_ left: Duration, _ phrases: Phrases) -> String {
  left > .zero
    ? phrases("Waiting. The code is good for %.", countdown(left))
    : phrases("The code has expired.")
}
