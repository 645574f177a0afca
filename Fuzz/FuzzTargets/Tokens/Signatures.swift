import ACSTypes
import ServiceAuth
import TestKit

extension FuzzTarget {
  /// Signed requests: lines of method, target and header fields, a blank line, the body.
  ///
  /// What arrives is refused in words that have no line breaks; signed with the key, it is taken.
  static let signatures = FuzzTarget("signatures") { bytes in
    var input = Input(bytes)
    var request = HTTPRequest(
      method: input.line() ?? "", origin: "https://127.0.0.1:7751", target: input.line() ?? "")
    while let line = input.line(), let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      request.headers.append(name: String(line[..<colon]), value: String(value))
    }
    request.body = input.all()
    do {
      try verifier.verify(request, now: now)
      throw BrokenInvariant("a request that nobody signed was taken")
    } catch let refusal as HMACRefusal {
      try require(!refusal.words.isEmpty, "a refusal without words")
    }
    // Another host than the origin's is not what the signer signs.
    request.headers["Host"] = nil
    do throws(HMACRefusal) {
      try verifier.verify(HMACSigner.sign(request, with: key, now: now), now: now)
    } catch {
      throw BrokenInvariant("a request that the key signed was refused: \(error.words)")
    }
  }

  /// The time of every request: 2026-11-21T02:29:57Z.
  private static let now = Timestamp(milliseconds: 1_795_228_197_000)
  private static let key = AccessKey(random: SeededRandom(seed: 7))
  private static let verifier = HMACVerifier(keys: [key])
}
