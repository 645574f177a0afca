extension FuzzTarget {
  /// Every target, from the smallest parser to whole servers.
  public static let all: [FuzzTarget] = [
    json, json5, log, html, addresses, times, identifiers, connectionStrings, signatures, tokens,
    bodies,
    answers, gateway, socketFrames, tunnel, webSocket, realTime, entra, emulator, commandLine,
    keys, chords, text, script,
  ]
}
