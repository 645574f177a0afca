import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// The top line: who is signed in, how the connection stands and how long the token lives.
///
/// How the connection stands is always in sight; the rest as far as there is room, in the order of its worth.
func header(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  canvas.fill(area, .header)
  let brand = [Piece(" Confab ", .header)]
  var room = area.columns - 1
  let forms = statusForms(state, phrases)
  let roomy = area.columns < 40 ? room : room - brand.columns - 1
  let status = forms.first { $0.columns <= roomy } ?? forms.last ?? []
  room -= status.columns
  func fitting(_ pieces: [Piece]) -> [Piece] {
    guard !pieces.isEmpty, pieces.columns < room else { return [] }
    room -= pieces.columns
    return pieces
  }
  var left = fitting(brand)
  let name = state.settings.displayName
  if !left.isEmpty { left += fitting(name.isEmpty ? [] : [Piece(" \(name)", .headerKey)]) }
  let token = fitting(tokenLife(state, phrases))
  let calls = fitting(callReadiness(state, phrases))
  let identity = state.session.session?.identity
  if left.columns > brand.columns || name.isEmpty {
    left += fitting(identity.map { [Piece("  \($0.shortForm)", .dim)] } ?? [])
  }
  let right = status + calls + token
  canvas.line(left, in: area)
  canvas.line(right, column: max(0, area.columns - right.columns - 1), in: area)
  canvas.lay(.header, below: area)
}

private func callReadiness(_ state: ClientState, _ phrases: Phrases) -> [Piece] {
  guard state.session.session != nil, case .ready = state.calls.gateway else { return [] }
  return [Piece("  ● \(phrases("calls"))", .success)]
}

private func tokenLife(_ state: ClientState, _ phrases: Phrases) -> [Piece] {
  guard let session = state.session.session else { return [] }
  let left = session.expiresOn - state.now
  let text = left > .zero ? phrases("token %", lifeText(left)) : phrases("token expired")
  let role: Role =
    left <= .zero
    ? .error : state.session.problem != nil || left < .seconds(120) ? .warning : .dim
  return [Piece("  \(text)", role)]
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
