/// Cuts one input in many ways, for code that must not care how its bytes arrive.
public struct ChunkFeeder: Sendable {
  /// The input.
  public let bytes: [UInt8]
  /// The seed of the random cuts.
  public let seed: UInt64

  /// Feeds `bytes`.
  public init(_ bytes: [UInt8], seed: UInt64 = 1) {
    self.bytes = bytes
    self.seed = seed
  }

  /// Feeds the UTF-8 of `text`.
  public init(_ text: String, seed: UInt64 = 1) {
    self.init(Array(text.utf8), seed: seed)
  }

  /// The input whole, byte by byte, in two parts at every place (at most 256 of them), and cut at random.
  public var chunkings: [[[UInt8]]] {
    var result = [[bytes], bytes.map { [$0] }]
    for place in bytes.indices.dropFirst().prefix(256) {
      result.append([Array(bytes[..<place]), Array(bytes[place...])])
    }
    var random = SeededRandom(seed: seed)
    for _ in 0..<32 {
      var chunks: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...min(rest.count, 16), using: &random)
        chunks.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      result.append(chunks)
    }
    return result
  }
}
